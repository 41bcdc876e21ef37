# Compiler flags: one dialect, one list of warnings, and what hardens or checks the binary.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

# No -DNDEBUG anywhere: an assertion says that we are wrong, and it is true in production too.
# Some distributions predefine _FORTIFY_SOURCE, hence the -U.
set(CMAKE_C_FLAGS_RELEASE "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2")
set(CMAKE_C_FLAGS_DEBUG "-Og -g")

# A compiler newer than the ones in the gate knows warnings that we have not seen: it may
# warn, but must not keep a stranger from building.
set(known_compiler OFF)
if((CMAKE_C_COMPILER_ID STREQUAL "GNU" AND CMAKE_C_COMPILER_VERSION VERSION_LESS 13)
   OR (CMAKE_C_COMPILER_ID STREQUAL "Clang" AND CMAKE_C_COMPILER_VERSION VERSION_LESS 15))
    set(known_compiler ON)
endif()
option(PINSON_WERROR "Warnings are errors" ${known_compiler})

set(warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wundef -Wvla -Wformat=2
    -Wswitch-enum -Wcast-qual -Wwrite-strings -Wimplicit-fallthrough -Wdouble-promotion
    -Wnull-dereference -Wunused-result)
if(PINSON_WERROR)
    list(APPEND warnings -Werror)
endif()
add_compile_options("$<$<COMPILE_LANGUAGE:C>:${warnings}>")

if(PINSON_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
    set(PINSON_SANITIZE ON)
endif()

if(PINSON_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
elseif(PINSON_COVERAGE)
    add_compile_options(-O0 --coverage)
    add_link_options(--coverage)
else()
    # Paths in assertions start at src/, whoever built it wherever.
    add_compile_options(-fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
endif()

add_compile_options(-fPIE)
add_link_options(-pie -Wl,-z,relro,-z,now)

# What a build says is what it did: no line for each library that was up to date.
set_property(GLOBAL PROPERTY TARGET_MESSAGES OFF)
