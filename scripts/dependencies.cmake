# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# Finds what the library is built on, or says which package to install.

function(bulletin_missing what debian fedora brew)
    message(FATAL_ERROR "${what} is missing. Install it:\n"
        "  Debian, Ubuntu: apt-get install ${debian}   (or everything: scripts/deps)\n"
        "  Fedora: dnf install ${fedora}   macOS: brew install ${brew}")
endfunction()

# Find a pkg-config module as PkgConfig::<name>.
macro(bulletin_require name modules debian fedora brew)
    pkg_check_modules(${name} QUIET IMPORTED_TARGET ${modules})
    if(NOT ${name}_FOUND)
        bulletin_missing("${modules}" ${debian} ${fedora} ${brew})
    endif()
endmacro()

find_package(PkgConfig QUIET)
if(NOT PKG_CONFIG_FOUND)
    bulletin_missing(pkg-config pkg-config pkgconf-pkg-config pkgconf)
endif()
bulletin_require(ICU "icu-uc>=72;icu-i18n>=72" libicu-dev libicu-devel icu4c)
bulletin_require(SQLITE "sqlite3>=3.40" libsqlite3-dev sqlite-devel sqlite)
bulletin_require(CJSON "libcjson>=1.7.15" libcjson-dev cjson-devel cjson)
bulletin_require(XML "libxml-2.0" libxml2-dev libxml2-devel libxml2)
bulletin_require(NETTLE "nettle" nettle-dev nettle-devel nettle)
bulletin_require(ZLIB "zlib" zlib1g-dev zlib-devel zlib)
bulletin_require(ZSTD "libzstd>=1.4" libzstd-dev libzstd-devel zstd)

# Snowball installs no .pc file.
find_library(STEMMER_LIBRARY stemmer)
find_path(STEMMER_INCLUDE_DIR libstemmer.h PATH_SUFFIXES libstemmer)
mark_as_advanced(STEMMER_LIBRARY STEMMER_INCLUDE_DIR)
if(NOT STEMMER_LIBRARY OR NOT STEMMER_INCLUDE_DIR)
    bulletin_missing("libstemmer (Snowball)" libstemmer-dev libstemmer-devel snowball)
endif()
add_library(bulletin_stemmer INTERFACE IMPORTED)
target_include_directories(bulletin_stemmer INTERFACE ${STEMMER_INCLUDE_DIR})
target_link_libraries(bulletin_stemmer INTERFACE ${STEMMER_LIBRARY})

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# FTS5 is a compile option of SQLite that only a running one admits to.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(STATUS "Cross building: whether the target's SQLite has FTS5 was not checked")
else()
    include(CheckCSourceRuns)
    set(CMAKE_REQUIRED_LIBRARIES PkgConfig::SQLITE)
    check_c_source_runs("
        #include <sqlite3.h>
        int main(void)
        {
            sqlite3 *db;
            int status = sqlite3_open(\":memory:\", &db);
            if (!status)
                status = sqlite3_exec(db, \"CREATE VIRTUAL TABLE t USING fts5(x)\", 0, 0, 0);
            sqlite3_close(db);
            return status;
        }" BULLETIN_SQLITE_HAS_FTS5)
    unset(CMAKE_REQUIRED_LIBRARIES)
    if(NOT BULLETIN_SQLITE_HAS_FTS5)
        unset(BULLETIN_SQLITE_HAS_FTS5 CACHE)
        bulletin_missing("SQLite with FTS5 (the one found was built without it)" "libsqlite3-dev" sqlite-devel sqlite)
    endif()
endif()
