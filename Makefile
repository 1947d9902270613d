# Two commands matter: `make demo` shows Marquee, `make test` proves it. Each installs what it needs.

.DEFAULT_GOAL := help
.PHONY: help demo run test check bench docs screenshots clean bootstrap-build bootstrap-test lint layers build-tests

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## Marquee with a simulated library of 5,000 titles; Ctrl-C ends it
	@scripts/demo

run: bootstrap-build ## Marquee with your settings (docs/configuration.md), data in ./data
	swift build --product marquee
	@exec "$$(swift build --show-bin-path)/marquee" serve

test: bootstrap-test lint layers build-tests ## lint, layers, and every test, PostgreSQL and public clients included
	scripts/test-clients
	scripts/with-postgres scripts/run-tests

check: test ## all of test, then coverage, both sanitizers and the documentation
	scripts/check-deep

bench: ## the measured floors and figures, written to bench-results/
	@scripts/bootstrap bench
	Benchmarks/run

docs: bootstrap-build ## write the generated part of docs/configuration.* anew
	@RECORD_SNAPSHOTS=1 swift test --filter ConfigurationReferenceTests >/dev/null 2>&1 || true
	swift test --filter ConfigurationReferenceTests

screenshots: build-tests ## take the pictures in docs/screenshots anew, of invented titles, in the browser tests
	scripts/take-screenshots

clean: ## remove everything built
	rm -rf .build .build-tsan .build-asan bench-results .venv

bootstrap-build:
	@scripts/bootstrap build

bootstrap-test:
	@scripts/bootstrap test

lint:
	swift format lint --strict -r -p $(wildcard Sources Tests Benchmarks Package.swift)

layers:
	scripts/check-layers --self-test
	scripts/check-layers

build-tests: bootstrap-test
	swift build --build-tests
