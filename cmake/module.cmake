# module(NAME SEES module… USES library…): src/NAME/*.c as a static library.
#
# A file can include only the headers of its own module and of those it SEES: the include
# path is a folder of links to exactly these, so a forbidden #include does not compile.
# A module whose folder is still empty is an interface without sources.
function(module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SEES;USES")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.c)
    list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/src/cli/main.c)

    set(stage ${CMAKE_BINARY_DIR}/headers/${name})
    file(MAKE_DIRECTORY ${stage})
    file(GLOB stale ${stage}/*)
    if(stale)
        file(REMOVE ${stale}) # the links only
    endif()
    foreach(seen ${name} ${arg_SEES})
        file(CREATE_LINK ${CMAKE_SOURCE_DIR}/src/${seen} ${stage}/${seen} SYMBOLIC)
    endforeach()

    list(TRANSFORM arg_USES PREPEND PkgConfig::)
    if(sources)
        add_library(${name} STATIC ${sources})
        target_include_directories(${name} PRIVATE ${stage} ${CMAKE_SOURCE_DIR}/include)
        target_link_libraries(${name} PUBLIC ${arg_SEES} ${arg_USES})
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE ${arg_SEES} ${arg_USES})
    endif()
endfunction()

# program(NAME SOURCE MODULE…): an executable that sees what the first module sees.
function(program name source first)
    add_executable(${name} ${source})
    target_include_directories(${name} PRIVATE ${CMAKE_BINARY_DIR}/headers/${first}
                                               ${CMAKE_SOURCE_DIR}/include)
    target_link_libraries(${name} PRIVATE ${first} ${ARGN})
endfunction()
