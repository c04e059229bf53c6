# The only door. `make` says what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check e2e interop fuzz bench dist iwa clean

help: ## what there is
	@grep -E '^[a-z0-9]+:.*##' Makefile | sed -E 's/^([a-z0-9]+):.*## /  make \1\t/' | expand -t 18

run: ## set up, build and start everything on this machine: sandbox, relay, app
	@.make/run

test: ## set up and pass all tests: unit, property, integration, end to end in Chromium
	@.make/test

check: ## format, lints, documentation, licences of the house
	@.make/check

e2e: ## only the tests in Chromium (only=NAME for one)
	@.make/e2e $(only)

interop: ## judges not written here: OpenSC and openssl on the card, usbd-ccid and myna-card on ours
	@.make/interop

fuzz: ## what readers and cards may say, at random: a minute for each target (seconds=, only=, keep=1)
	@seconds="$(seconds)" only="$(only)" keep="$(keep)" .make/fuzz

bench: ## figures with their limits, target/bench.json (only=NAME for one)
	@.make/bench $(only)

dist: ## the app as a static site in dist/, the relay as a release build
	@.make/dist

iwa: ## the app as a signed bundle for managed ChromeOS, target/iwa/ (config=, key=, updates=; docs/deploy-iwa.md)
	@config="$(config)" key="$(key)" updates="$(updates)" .make/iwa

clean: ## remove what was built and the practice data here; the tool cache stays
	@rm -rf target dist .run
