# embed_texts(MODULE PATTERN…): compiles every file src/MODULE/PATTERN into the module, as a text
# that ends with a NUL and is called as the file, with _ for a dot: project.lua, project_lua.
# The assembler includes the bytes as they are.
function(embed_texts module)
    list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/src/${module}/ OUTPUT_VARIABLE patterns)
    file(GLOB files CONFIGURE_DEPENDS ${patterns})
    set(out ${CMAKE_BINARY_DIR}/generated/${module}_texts.S)
    set(text ".section .rodata\n")
    foreach(file ${files})
        get_filename_component(name ${file} NAME)
        string(MAKE_C_IDENTIFIER ${name} name)
        string(APPEND text ".global ${name}\n.hidden ${name}\n"
                           "${name}:\n.incbin \"${file}\"\n.byte 0\n")
    endforeach()
    string(APPEND text ".section .note.GNU-stack,\"\",%progbits\n")
    file(CONFIGURE OUTPUT ${out} CONTENT "${text}" @ONLY)
    set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${files}")
    target_sources(${module} PRIVATE ${out})
endfunction()
