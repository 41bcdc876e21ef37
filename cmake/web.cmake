# web_assets(MODULE): compiles the web client into a module as one sorted table of bytes.
#
#   web/build.js          →  vendor.js      what npm gives, bundled; offered at /app/vendor.js
#   include/pinson/*      →  constants.js   offered at /app/net/constants.js
#   web/index.html, …     →  assets.bin, assets.c (see cmake/assets.mjs)
#
# Both generated scripts are also put where the client imports them from (ignored by git), so
# that editors, the type checker and tests that load the client's modules find them. The
# target `web_modules` makes these two alone.
function(web_assets module)
    set(web ${CMAKE_SOURCE_DIR}/web)
    set(public ${CMAKE_SOURCE_DIR}/include/pinson)
    set(out ${CMAKE_BINARY_DIR}/generated)

    # A file in one of these folders, or of one of these kinds beside index.html, is offered.
    file(GLOB files CONFIGURE_DEPENDS ${web}/*.html ${web}/*.svg ${web}/*.png ${web}/*.ico
                                      ${web}/*.webmanifest ${web}/*.txt)
    foreach(folder app styles i18n img fonts)
        file(GLOB_RECURSE found CONFIGURE_DEPENDS ${web}/${folder}/*)
        list(APPEND files ${found})
    endforeach()
    list(FILTER files EXCLUDE REGEX
        "\\.(md|d\\.ts|test\\.js)$|/app/vendor\\.js$|/app/net/constants\\.js$|/\\.")

    file(GLOB bundler CONFIGURE_DEPENDS ${web}/build.js)
    file(GLOB names CONFIGURE_DEPENDS ${public}/error.def ${public}/limits.h ${public}/protocol.h)
    file(GLOB table CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${module}/assets.h)
    find_program(NODE NAMES node nodejs REQUIRED)
    file(MAKE_DIRECTORY ${out})

    if(bundler)
        set(vendor ${out}/vendor.js)
        add_custom_command(OUTPUT ${vendor} ${web}/app/vendor.js
            COMMAND ${CMAKE_SOURCE_DIR}/scripts/npm-packages ${web} --omit=dev
            COMMAND ${NODE} ${bundler} ${vendor}
            COMMAND ${CMAKE_COMMAND} -E copy ${vendor} ${web}/app/vendor.js
            DEPENDS ${bundler} ${web}/package-lock.json
            COMMENT "Bundling the web client's packages" VERBATIM)
        list(APPEND made /app/vendor.js=${vendor})
        list(APPEND made_files ${vendor})
    endif()

    if(names)
        set(constants ${out}/constants.js)
        add_custom_command(OUTPUT ${constants} ${web}/app/net/constants.js
            COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/cmake/constants.mjs ${public} ${constants}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${web}/app/net
            COMMAND ${CMAKE_COMMAND} -E copy ${constants} ${web}/app/net/constants.js
            DEPENDS ${CMAKE_SOURCE_DIR}/cmake/constants.mjs ${names}
            COMMENT "Writing the web client's constants" VERBATIM)
        list(APPEND made /app/net/constants.js=${constants})
        list(APPEND made_files ${constants})
    endif()

    add_custom_target(web_modules DEPENDS ${made_files})
    if(NOT table OR NOT (made OR files))
        return()
    endif()

    string(REPLACE ";" "\n" list "${files}")
    file(CONFIGURE OUTPUT ${out}/assets.txt CONTENT "${list}\n" @ONLY)

    add_custom_command(OUTPUT ${out}/assets.c ${out}/assets.bin
        COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/cmake/assets.mjs ${web} ${out}/assets.txt ${out}
                ${made}
        DEPENDS ${CMAKE_SOURCE_DIR}/cmake/assets.mjs ${out}/assets.txt ${files} ${made_files}
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
