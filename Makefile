# Нужны только git, make и Python 3.11 или новее с venv. `make` без слов объясняет себя.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 4
SIZE ?= small

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DOCS := $(VENV)/docs/.installed
TOOLS := $(VENV)/tools/.installed
OIDC := $(VENV)/oidc/.installed
REFERENCE := $(VENV)/.reference

# Байт-код хранится при окружении, что бы ни говорила оболочка: тесты запускают сотни процессов.
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/bytecode
unexport PYTHONDONTWRITEBYTECODE

# В памяти, где она есть: каждая проверка заводит базу, и диск был бы занят одними сбросами. Через
# папку ходит и PostgreSQL, под своим именем.
MEMORY := $(shell test -w /dev/shm && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 2000000 {print "/dev/shm"}')
IN_MEMORY := scratch=$$(mktemp -d -p "$${TMPDIR:-$(or $(MEMORY),/tmp)}") && trap 'rm -rf "$$scratch"' EXIT \
	&& chmod 711 "$$scratch" && TMPDIR="$$scratch"

.PHONY: audit audits bench beside boston browser check clean docs edits evidence faults field fuzz heat help histories inputs kills lock measures mutate oidc postgresql proofs reference run sbom setup signals snapshots style test types vectors whole years
.DEFAULT_GOAL := help

help:  ## показать эту справку
	@echo "ЦУР: открытая основа центра управления регионом"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Другой порт: make run PORT=8001. Команда целиком: $(BIN)/tsur --help"

setup: $(INSTALLED)  ## собрать окружение .venv по requirements.lock

run: setup  ## запустить с демонстрацией на http://127.0.0.1:8000
	@$(BIN)/tsur migrate
	@TSUR_PUBLIC_URL="$${TSUR_PUBLIC_URL:-http://$(HOST):$(PORT)}" $(BIN)/tsur demo --size $(SIZE)
	@$(BIN)/tsur serve --host $(HOST) --port $(PORT) --tokens

test: setup  ## выполнить все тесты
	@$(IN_MEMORY) $(BIN)/pytest -n $(WORKERS) --dist worksteal

fuzz: setup  ## 20 000 порождённых запросов двум исполнителям, 20 000 шагов документам, 1 000 файлов
	TSUR_FUZZ_CASES=20000 $(BIN)/pytest tests/schema/planner/test_sameness.py
	TSUR_TEST_DOCUMENTS=20000 TSUR_TEST_FILES=1000 $(BIN)/pytest tests/core/documents/test_machine.py \
		tests/core/appeals/exchange/test_both_ways.py

evidence: setup  ## изменить каждый бит малого пакета доказательств: ни один не пройдёт
	TSUR_EVERY_BIT=1 $(BIN)/pytest tests/core/region/evidence/test_tampering.py

boston: reference  ## сверить показатели города с lifelines и с его отметками: FILE=boston311.csv
	@test -n "$(FILE)" || { echo "Назовите файл: make boston FILE=boston311.csv" >&2; exit 2; }
	TSUR_TEST_BOSTON="$(FILE)" $(BIN)/pytest tests/core/appeals/observations/test_boston.py \
		tests/core/appeals/exchange/test_boston.py

edits: setup  ## изменить каждый столбец каждой запечатанной таблицы: PART=2/5 для одной части
	TSUR_TEST_EDITS=$(or $(PART),all) $(BIN)/pytest tests/core/region/sealing/test_hostile.py

inputs: setup  ## после проекта рейтинга изменить тысячу сведений разными дорогами: объяснено каждое
	TSUR_TEST_INPUTS=1000 $(BIN)/pytest tests/core/ratings/test_differences.py

browser: setup  ## смотреть каждую страницу доски под каждой ролью: светло и темно, широко и узко
	TSUR_TEST_ROLES=all $(BIN)/pytest tests/browser tests/schema/board/test_one_moment.py \
		tests/schema/board/test_pairs.py

postgresql: setup  ## тесты с базой на своём сервере PostgreSQL, который поднимается здесь же
	TSUR_TEST_DATABASE_URL=postgresql+asyncpg://postgres@127.0.0.1:5432/postgres \
		$(BIN)/python -m tests.own_server $(BIN)/pytest -n $(WORKERS) --dist worksteal \
		-m "database and not snapshot"

proofs: setup  ## доказать показатели после каждой строки каждой таблицы случаев
	TSUR_TEST_PROOFS=all $(BIN)/pytest -n $(WORKERS) --dist worksteal tests/core

histories: setup  ## 10 000 порождённых историй и 1 000 таблиц с известной правдой: статистика ядра
	TSUR_TEST_HISTORIES=10000 TSUR_TEST_TABLES=1000 $(BIN)/pytest tests/core/statistics \
		tests/core/ratings/test_tricks.py

audits: reference  ## 200 полугодий: ни одно малое число из открытых не узнать
	TSUR_TEST_AUDITS=200 $(BIN)/pytest tests/core/appeals/observations/test_audit.py

years: setup  ## прожить три года региона на двадцати зёрнах: посаженный очаг, тихие недели, мгновенные ответы
	TSUR_TEST_YEARS=20 $(BIN)/pytest tests/core/demo/test_years.py

heat: setup  ## 200 порождённых недель по 2 400 ячеек: ложных и посаженных очагов тепловой карты
	TSUR_TEST_HEAT=200 $(BIN)/pytest tests/core/problems/test_surprise.py

signals: setup  ## 200 порождённых кварталов: посаженные игры с рейтингом и те, где никто не играет
	TSUR_TEST_SIGNALS=200 $(BIN)/pytest tests/core/ratings/signals/test_table.py

measures: setup  ## 2 000 мероприятий без эффекта, начатых на пике, и посаженные с эффектом
	TSUR_TEST_MEASURES=2000 $(BIN)/pytest tests/core/statistics/test_effect.py

kills: setup  ## прервать копию, перенос и смену ключей в десяти местах, волну в 500 дел, сокет сто раз
	TSUR_TEST_KILLS=10 $(BIN)/pytest tests/core/region/backup tests/core/region/keyring \
		tests/core/appeals/test_batch_killed.py tests/schema/subscriptions/test_stream.py

whole: fuzz evidence edits inputs browser proofs histories audits years heat signals measures kills vectors  ## всё долгое подряд, перед выпуском: часа два

field: setup  ## загрузить файлы из жизни и сравнить с ожидаемым: DIR=папка
	@test -n "$(DIR)" || { echo "Назовите папку случаев: make field DIR=папка" >&2; exit 2; }
	@$(BIN)/python -m tests.field "$(DIR)"

faults: setup  ## убивать, отключать и портить под нагрузкой: SEED=7 FAULT=server JSON=файл POINTS=200
	$(BIN)/python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(JSON),--json $(JSON)) \
		$(if $(POINTS),--points $(POINTS)) $(foreach name,$(FAULT),--only $(name))

vectors: setup  ## все сроки таблицы в каждом из четырёх регионов и 400 жизней обращения
	TSUR_TEST_VECTORS=all TSUR_TEST_LIVES=400 $(BIN)/pytest tests/regions/test_vectors.py \
		tests/core/appeals/test_life.py

mutate: setup  ## сломать право в 300 местах (MARKED=50: 50 норм): заметят ли тесты: SEED=12
	$(BIN)/python -m tests.mutants $(if $(SEED),--seed $(SEED)) $(if $(MARKED),--marked $(MARKED)) \
		$(if $(NUMBER),--number $(NUMBER))

check: style types snapshots  ## проверить стиль, типы, границы слоёв, миграции и снимки

style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
	&& TSUR_DATA_DIR="$$scratch" $(BIN)/tsur migrate --check

types: setup
	$(BIN)/mypy

snapshots: setup
	$(BIN)/pytest -m snapshot

bench: setup  ## измерить, в отношениях: BENCH=read|counts|import|sweep|growth|start|jobs|figures|board JSON=файл
	@test -d bench/peers/node_modules/postgraphile || ! command -v npm >/dev/null \
	|| npm ci --prefix bench/peers --ignore-scripts --no-audit --no-fund --loglevel=error \
	|| echo "PostGraphile не ставится: сравним без него"
	$(BIN)/python -m bench $(if $(BENCH),--bench $(BENCH)) $(if $(JSON),--json $(JSON)) \
		$(if $(filter-out small,$(SIZE)),--size $(SIZE)) $(BENCH_OPTIONS)

docs: $(DOCS)  ## собрать документацию в site/
	$(VENV)/docs/bin/zensical build --strict

sbom: setup $(TOOLS)  ## описать состав (CycloneDX) в build/tsur.cdx.json
	@mkdir -p build
	$(VENV)/tools/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file build/tsur.cdx.json $(BIN)/python

audit: $(TOOLS)  ## сверить зависимости с известными уязвимостями (нужна сеть)
	$(VENV)/tools/bin/pip-audit --require-hashes --disable-pip -r requirements.lock

beside: setup  ## смотреть на /healthz, пока рядом идут самые большие запросы: JSON=файл
	TSUR_TEST_LARGEST=all $(BIN)/pytest tests/schema/test_largest.py
	$(BIN)/python -m tests.beside $(if $(JSON),--json $(JSON))

reference: $(REFERENCE)  ## поставить lifelines, SciPy и statsmodels: с ними сверяют статистику ядра

oidc: setup $(OIDC)  ## поставить Canaille: сервер входа, с которым проверяется установка

lock:  ## обновить requirements.lock (нужен uv)
	echo zensical==0.0.73 | uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--quiet --output-file docs/requirements.lock
	echo 'canaille[front,oidc]==0.3.6' | uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet --output-file .ci/oidc.lock
	printf 'cyclonedx-bom==7.5.0\npip-audit==2.10.1\n' | uv pip compile - --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet --output-file .ci/tools.lock
	uv pip compile pyproject.toml --extra dev --extra documents --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra reference --universal --python-version 3.11 \
		--generate-hashes --only-binary :all: --constraints requirements.lock \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet \
		--output-file .ci/reference.lock

clean:  ## убрать окружение и демонстрацию
	rm -rf $(VENV) .tsur build site tsur.egg-info

$(DOCS): docs/requirements.lock
	$(PYTHON) -m venv $(VENV)/docs
	$(VENV)/docs/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: -r docs/requirements.lock
	@touch $@

$(TOOLS): .ci/tools.lock
	$(PYTHON) -m venv $(VENV)/tools
	$(VENV)/tools/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		-r .ci/tools.lock
	@touch $@

$(OIDC): .ci/oidc.lock
	$(PYTHON) -m venv $(VENV)/oidc
	$(VENV)/oidc/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: -r .ci/oidc.lock
	@touch $@

$(REFERENCE): .ci/reference.lock $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: -r .ci/reference.lock
	@touch $@

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Нужен Python 3.11 или новее" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation --editable .
	@touch $@
