# web_assets(MODULE): compiles the web client into a module as one sorted table of bytes.
#
#   include/pinson/*      →  web/app/net/constants.js   names and limits (cmake/constants.mjs)
#   web/*  by web/build.js →  generated/web/*            what a browser loads
#   generated/web/*       →  assets.bin, assets.c       (cmake/assets.mjs)
#
# The constants are put where the client imports them from (ignored by git), so that editors,
# the type checker and tests that load the client's modules find them; the target
# `web_modules` makes them, and fetches the packages that the client uses.
function(web_assets module)
    set(web ${CMAKE_SOURCE_DIR}/web)
    set(public ${CMAKE_SOURCE_DIR}/include/pinson)
    set(out ${CMAKE_BINARY_DIR}/generated)
    set(names ${public}/error.def ${public}/limits.h ${public}/protocol.h)
    find_program(NODE NAMES node nodejs REQUIRED)
    file(MAKE_DIRECTORY ${out})

    add_custom_command(OUTPUT ${web}/app/net/constants.js
        COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/cmake/constants.mjs ${public} ${web}/app/net/constants.js
        DEPENDS ${CMAKE_SOURCE_DIR}/cmake/constants.mjs ${names}
        COMMENT "Writing the web client's constants" VERBATIM)
    add_custom_command(OUTPUT ${out}/packages.stamp
        COMMAND ${CMAKE_SOURCE_DIR}/scripts/npm-packages ${web} --omit=dev
        COMMAND ${CMAKE_COMMAND} -E touch ${out}/packages.stamp
        DEPENDS ${web}/package-lock.json
        COMMENT "Fetching the web client's packages" VERBATIM)
    add_custom_target(web_modules DEPENDS ${web}/app/net/constants.js ${out}/packages.stamp)

    file(GLOB sources CONFIGURE_DEPENDS ${web}/*.html ${web}/*.svg ${web}/*.js)
    foreach(folder app styles)
        file(GLOB_RECURSE found CONFIGURE_DEPENDS ${web}/${folder}/*)
        list(APPEND sources ${found})
    endforeach()
    list(FILTER sources EXCLUDE REGEX "\\.d\\.ts$|/\\.")

    add_custom_command(OUTPUT ${out}/assets.c ${out}/assets.bin
        COMMAND ${NODE} ${web}/build.js ${out}/web
        COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/cmake/assets.mjs ${out}/web ${out}
        DEPENDS ${CMAKE_SOURCE_DIR}/cmake/assets.mjs ${web}/app/net/constants.js
                ${out}/packages.stamp ${sources}
        COMMENT "Packing the web client" VERBATIM)

    # The assembler includes the bytes as they are: a C array of them takes seconds to compile.
    file(CONFIGURE OUTPUT ${out}/assets_bin.S @ONLY CONTENT [[
.section .rodata
.global assets_bin
.hidden assets_bin
.balign 16
assets_bin:
.incbin "@out@/assets.bin"
.section .note.GNU-stack,"",%progbits
]])
    set_source_files_properties(${out}/assets_bin.S PROPERTIES OBJECT_DEPENDS ${out}/assets.bin)
    target_sources(${module} PRIVATE ${out}/assets.c ${out}/assets_bin.S)
    add_dependencies(${module} web_modules)
endfunction()
