# Sodale. `make help` lists what can be asked for.

SHELL    := /bin/bash
TAGS     := gles,migrated_fynedo,no_animations
BIN      := bin
OUT      := out
RUNS     ?= 10000
SEED     ?= 1
VERSION  := 0.1.0
LDFLAGS  := -X main.version=$(VERSION)
LINT     := $(BIN)/golangci-lint
LINT_AT  := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
# The rooms that need no C: they are also tested for data races.
PURE     := ./app/... ./storage/... ./sync/...
RACE     ?=

# GCC, the headers that Fyne links, and what the tests open: a virtual screen, a mouse and a clipboard for it, a database server, a
# message bus, a second reader of PDFs, a scanner that isn't one.
PACKAGES := gcc libc6-dev pkg-config libgl-dev libegl-dev libgles-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev \
            libxi-dev libxxf86vm-dev libxkbcommon-dev libwayland-dev libgl1-mesa-dri xvfb xauth xdotool x11-utils strace postgresql dbus-daemon mupdf-tools \
            xclip sane-utils
# Peers that the benchmarks measure against.
PEERS    := keepassxc curl tesseract-ocr tesseract-ocr-ita imagemagick libjpeg-turbo-progs

.DEFAULT_GOAL := help
.PHONY: help setup build demo test race lint bench screens window faults hostile damage oracle reading fuzz tidy clean

help: ## Say what can be asked for
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: ## Install the system packages that are missing (Debian, Ubuntu)
	@./.ci/packages $(PACKAGES)

build: setup ## Build bin/sodale and bin/mutuad
	@mkdir -p $(BIN)
	go build -trimpath -tags $(TAGS) -ldflags '$(LDFLAGS)' -o $(BIN)/sodale .
	CGO_ENABLED=0 go build -trimpath -o $(BIN)/mutuad ./sync/mutuad

demo: build ## See the whole job: opens the window, or without a display makes pictures of it
	@$(BIN)/sodale demo --out $(OUT)/tour

test: build ## Run every test (RACE=-race looks for data races as well)
	go vet -tags $(TAGS) ./...
	GOOS=windows CGO_ENABLED=0 go vet $$(CGO_ENABLED=0 GOOS=windows go list ./app/... ./storage/... ./sync/... | grep -v /document/worker)
	GOOS=darwin CGO_ENABLED=0 go vet $$(CGO_ENABLED=0 GOOS=darwin go list ./app/... ./storage/... ./sync/... | grep -v /document/worker)
	./.ci/with-postgres go test $(RACE) -timeout 30m -tags $(TAGS) $(PURE)
	$(if $(RACE),go test -timeout 30m -tags $(TAGS) -run TestWhatAMachineReads ./app/document/shrink)
	CGO_ENABLED=0 go test -timeout 30m -tags migrated_fynedo ./ui/... ./assets/...
	go test -timeout 30m -tags $(TAGS) .

lint: $(LINT) ## Look for what the compiler does not say
	$(LINT) run --build-tags $(TAGS) ./...

$(LINT):
	@mkdir -p $(BIN)
	GOBIN=$(CURDIR)/$(BIN) go install $(LINT_AT)

bench: build ## Measure against baselines of the same run
	@./.ci/packages $(PEERS)
	@go test -tags $(TAGS),bench -run '^TestBench' -count 1 -timeout 60m -p 1 -v ./... 2>/dev/null | ./.ci/bench-table

screens: build ## Write a picture of every screen and state into out/screens
	CGO_ENABLED=0 SODALE_SCREENS=$(CURDIR)/$(OUT)/screens go test -tags migrated_fynedo -count 1 -run '^TestEveryScreenIsDrawn$$' ./ui/gallery
	@echo "The pictures are in $(OUT)/screens"

window: build ## Walk the wizard and send claims by keyboard alone in the real window on a virtual screen
	go test -tags $(TAGS) -count 1 -run KeyboardAlone .

faults: ## Never twice, never lost: RUNS=n seeded runs of each fault
	SODALE_RUNS=$(RUNS) SODALE_SEED=$(SEED) go test -count 1 -timeout 10h -v ./sync/engine/...

damage: ## Damage vaults in RUNS=n seeded ways and cut the power 300 times
	SODALE_RUNS=$(RUNS) SODALE_SEED=$(SEED) go test -count 1 -timeout 10h -v ./storage/...

hostile: build ## Fetch public test files and show them and their mutants to the previewer
	@./app/document/fetch-corpus.sh
	SODALE_HOSTILE=1 go test -tags $(TAGS) -count 1 -timeout 3h -v -run Hostile ./app/document/...

oracle: ## Compare 100,000 invented codici fiscali with codice-fiscale-js (fetched from npm into out/)
	@./app/fiscalcode/fetch-oracle.sh
	SODALE_ORACLE=100000 CGO_ENABLED=0 go test -count 1 -timeout 30m -v -run '^TestOracle$$' ./app/fiscalcode

reading: build ## Read 200 invented papers as text and as scans and count by field (some ten minutes)
	SODALE_READING=1 go test -tags $(TAGS) -count 1 -timeout 5h -v -run Accuracy ./app/reading

fuzz: ## Fuzz everything that parses, a minute each
	@for f in $$(grep -rlE '^func Fuzz' --include='*_test.go' .); do for t in $$(grep -oE '^func Fuzz[A-Za-z0-9]+' $$f | sed 's/func //'); do \
	  echo "$$(dirname $$f) $$t"; go test -run '^$$' -fuzz "^$$t$$" -fuzztime 60s -fuzzminimizetime 1x ./$$(dirname $$f) || exit 1; done; done

clean: ## Remove what was built
	rm -rf $(BIN) $(OUT)
