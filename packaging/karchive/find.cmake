# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
# KF6::Archive from the system, or the one that packaging/karchive/build left in the cache.
if(DEFINED ENV{PERIHELION_CACHE})
    set(cache $ENV{PERIHELION_CACHE})
elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(cache $ENV{XDG_CACHE_HOME}/perihelion)
else()
    set(cache $ENV{HOME}/.cache/perihelion)
endif()
find_package(KF6Archive QUIET HINTS ${cache}/karchive)
if(NOT KF6Archive_FOUND)
    message(FATAL_ERROR "KArchive for Qt 6 is missing. Install libkf6archive-dev (Debian 13, Ubuntu), kf6-karchive-devel (Fedora) "
        "or karchive (Arch). Debian 12 has none: run packaging/karchive/build, which builds it once into ${cache}.")
endif()
