#!/usr/bin/env bash
# Builds FAISS from Debian's source package, with AVX2, for `measure faiss`: artifacts/faiss/libmemu-faiss.so. Nothing else needs it.
#
#   apt-get install g++ cmake make dpkg-dev libopenblas-dev liblapack-dev
#   bench/faiss.sh [FOLDER]
#
# FOLDER holds Debian's source package (faiss_*.dsc and what belongs to it) where it was fetched already; otherwise apt-get fetches it from the
# sources that this machine's Debian packages come from, without changing its configuration. Takes some minutes.
set -eu -o pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$root/artifacts/faiss
jobs=${MEMU_FAISS_JOBS:-2}
mkdir -p "$work"

for tool in g++ cmake make dpkg-source; do
  command -v "$tool" >/dev/null || { echo "faiss.sh: '$tool' is missing: apt-get install g++ cmake make dpkg-dev libopenblas-dev liblapack-dev" >&2; exit 1; }
done

# Lists of source packages, beside those of the machine.
fetch() {
  local lists=$work/apt
  rm -rf "$lists" && mkdir -p "$lists/parts" "$lists/lists/partial" "$lists/cache/archives/partial" "$work/package"
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] && grep -qi 'debian' "$file" && sed 's/^Types:.*/Types: deb-src/' "$file" >"$lists/parts/$(basename "$file")"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -e "$file" ] && { grep -h '^deb .*debian' "$file" || true; } | sed 's/^deb /deb-src /' >>"$lists/parts/debian.list"
  done
  local apt=(apt-get -q -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$lists/parts" -o "Dir::State::lists=$lists/lists" -o "Dir::Cache=$lists/cache" -o APT::Sandbox::User="$(id -un)")
  "${apt[@]}" update
  (cd "$work/package" && "${apt[@]}" source --download-only faiss)
  rm -rf "$lists"
}

folder=${1:-$work/package}
[ $# -gt 0 ] || compgen -G "$folder/faiss_*.dsc" >/dev/null || fetch
description=$(compgen -G "$folder/faiss_*.dsc" | tail -n 1) || { echo "faiss.sh: no faiss_*.dsc in '$folder'." >&2; exit 1; }
rm -rf "$work/source" && dpkg-source --no-copy -x "$description" "$work/source"

# One thread a question is all that is asked; OpenMP stays, because FAISS does not build without it.
cmake -S "$work/source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE='-O3 -DNDEBUG' -DFAISS_OPT_LEVEL=avx2 \
  -DFAISS_ENABLE_GPU=OFF -DFAISS_ENABLE_PYTHON=OFF -DFAISS_ENABLE_C_API=OFF -DBUILD_TESTING=OFF -DBUILD_SHARED_LIBS=OFF
nice make -C "$work/build" -j"$jobs" faiss_avx2
blas=$(sed -n 's/^BLAS_LIBRARIES:STRING=//p; s/^BLAS_openblas_LIBRARY:FILEPATH=//p' "$work/build/CMakeCache.txt" | { grep -v NOTFOUND || true; } | head -n 1)
g++ -O3 -std=c++11 -shared -fPIC -fopenmp -I"$work/source" bench/faiss.cpp "$work/build/faiss/libfaiss_avx2.a" "${blas:--lblas}" -llapack -o "$work/libmemu-faiss.so"
echo "$work/libmemu-faiss.so, from $(basename "$description" .dsc). Now: dotnet run -c Release --project bench/MemU.Benchmarks -- measure faiss"
