# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# Where the tests of text find their tables and Unicode's own test data (package unicode-data). A test whose data
# is missing fails.
set(folders /usr/share/unicode /usr/share/unicode/ucd /usr/share/unicode/auxiliary /usr/share/unicode/ucd/auxiliary)
find_file(BULLETIN_GRAPHEME_TEST GraphemeBreakTest.txt PATHS ${folders})
find_file(BULLETIN_NORMALIZATION_TEST NAMES NormalizationTest.txt NormalizationTest.txt.bz2 PATHS ${folders})
mark_as_advanced(BULLETIN_GRAPHEME_TEST BULLETIN_NORMALIZATION_TEST)
set(normalization_test ${BULLETIN_NORMALIZATION_TEST})
if(BULLETIN_NORMALIZATION_TEST MATCHES "\\.bz2$")
    set(normalization_test ${CMAKE_CURRENT_BINARY_DIR}/NormalizationTest.txt)
    find_program(BZIP2 bzip2 REQUIRED)
    execute_process(COMMAND ${BZIP2} -dc ${BULLETIN_NORMALIZATION_TEST} OUTPUT_FILE ${normalization_test})
endif()
if(NOT BULLETIN_GRAPHEME_TEST OR NOT BULLETIN_NORMALIZATION_TEST)
    message(WARNING "Unicode's test data is missing, so test_fold and test_token will fail.\n"
        "  Debian, Ubuntu: apt-get install unicode-data   Fedora: dnf install unicode-ucd")
endif()
list(APPEND environment
    "TABLES=${CMAKE_CURRENT_SOURCE_DIR}/tables"
    "GRAPHEME_TEST=${BULLETIN_GRAPHEME_TEST}"
    "NORMALIZATION_TEST=${normalization_test}")
