.PHONY: demo test trust bench lake-test pages dist install format reference
PREFIX = /usr/local

demo: ; scripts/demo
test: ; scripts/test
bench: ; scripts/bench
lake-test: ; scripts/lake-test
pages: ; BATCHCOST_PAGES_SHEET=$(CURDIR)/pages swift test --filter ContactSheet
trust: ; scripts/trust
dist: ; scripts/dist
install: ; scripts/install $(PREFIX)
reference: ; swift build --product batchcost && scripts/reference
format: ; swift format --in-place --recursive Sources Tests Plugins Queries Reports Package.swift
