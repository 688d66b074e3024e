# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# What an installed libbulletin consists of, and how programs find it. Both descriptions find their prefix
# from where they lie, so that a staged or moved installation works.
include(CMakePackageConfigHelpers)

set(pc_dir ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/bulletin)

file(RELATIVE_PATH prefix_from_pc ${pc_dir} ${CMAKE_INSTALL_PREFIX})
file(RELATIVE_PATH libdir_in_prefix ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_LIBDIR})
file(RELATIVE_PATH includedir_in_prefix ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(bulletin.pc.in bulletin.pc @ONLY)
configure_package_config_file(bulletin-config.cmake.in bulletin-config.cmake INSTALL_DESTINATION ${package_dir}
    NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(bulletin-config-version.cmake COMPATIBILITY SameMajorVersion)

install(TARGETS bulletin EXPORT bulletin FILE_SET HEADERS)
install(TARGETS bulletin_fts LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/bulletin)
install(EXPORT bulletin NAMESPACE bulletin:: DESTINATION ${package_dir} FILE bulletin-targets.cmake)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/bulletin.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/bulletin-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/bulletin-config-version.cmake
    ${PROJECT_SOURCE_DIR}/scripts/dependencies.cmake
    DESTINATION ${package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/corpus/organizations.tsv ${PROJECT_SOURCE_DIR}/corpus/thesaurus.tsv
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bulletin)
