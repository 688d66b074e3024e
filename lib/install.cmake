# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# What an installed libbulletin consists of, and how programs find it.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/bulletin)
install(TARGETS bulletin EXPORT bulletin FILE_SET HEADERS)

if(BUILD_SHARED_LIBS)
    install(EXPORT bulletin NAMESPACE bulletin:: DESTINATION ${package_dir} FILE bulletin-targets.cmake)
endif()
