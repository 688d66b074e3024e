# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# fuzz_X.c: with BULLETIN_FUZZ a libFuzzer program that runs for a while, else one that reads its seeds again.
set(BULLETIN_FUZZ_SECONDS 10 CACHE STRING "How long each fuzzer runs as a test")
if(BULLETIN_FUZZ AND NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    bulletin_missing("clang with libFuzzer (configure with CC=clang)" clang "clang compiler-rt" llvm)
endif()

add_custom_target(fuzzers)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/fuzz_*.c)
foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    string(REPLACE "fuzz_" "" seeds ${name})
    set(seeds ${CMAKE_CURRENT_LIST_DIR}/seeds/${seeds})
    if(BULLETIN_FUZZ)
        bulletin_program(${name} ${source})
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        add_dependencies(fuzzers ${name})
        set(found ${CMAKE_CURRENT_BINARY_DIR}/found/${name})
        file(MAKE_DIRECTORY ${found})
        if(NOT IS_DIRECTORY ${seeds})
            set(seeds)
        endif()
        # The same seed each time: a test tells of the change under test. Run it by hand to find more.
        bulletin_test(${name} ${name} -seed=1 -max_total_time=${BULLETIN_FUZZ_SECONDS} -timeout=10 -rss_limit_mb=2048
            -artifact_prefix=${found}- ${found} ${seeds})
    else()
        bulletin_program(${name} ${source} ${CMAKE_CURRENT_LIST_DIR}/driver.c)
        bulletin_test(${name} ${name} ${seeds})
    endif()
endforeach()
