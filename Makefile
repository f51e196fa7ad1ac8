.PHONY: demo test bench format

demo: ; scripts/demo
test: ; scripts/test
bench: ; scripts/bench
format: ; swift format --in-place --recursive Sources Tests Plugins Queries Reports Package.swift
