# The workshop. `make setup` once, then `make check test`; `make ci` is everything that must hold before a change is taken.

CARGO ?= cargo
export CARGO

.DEFAULT_GOAL := help
.PHONY: help setup check test test-api prove-guards bench run ci

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 20

setup: ## install what building and testing need (Debian; as root or through sudo)
	@scripts/setup

check: ## formatting, lints, guards, licences, sources, advisories, unused dependencies
	@scripts/check

test: ## the whole suite, on SQLite and on PostgreSQL
	@scripts/test

test-api: ## ask every documented operation as every role whether it keeps to the document
	@scripts/test-api/run

prove-guards: ## take each guard away in a copy of the sources and see that a story misses it
	@scripts/prove-guards

bench: ## requests a second of the release build
	@scripts/bench

run: ## serve the county with demo people and orders on http://127.0.0.1:8080
	@$(CARGO) run -- serve --demo

ci: ## setup, check, test, test-api, with the seconds that each takes
	@.ci/run
