.PHONY: demo test format

demo: ; scripts/demo
test: ; scripts/test
format: ; swift format --in-place --recursive Sources Tests Queries Reports Package.swift
