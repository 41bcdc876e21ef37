# lua_scripts(MODULE): compiles src/MODULE/<name>.lua into it, as the text <name>_lua that ends
# with a NUL. The assembler includes the bytes as they are.
function(lua_scripts module)
    file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${module}/*.lua)
    set(out ${CMAKE_BINARY_DIR}/generated/${module}_lua.S)
    set(text ".section .rodata\n")
    foreach(script ${scripts})
        get_filename_component(name ${script} NAME_WE)
        string(APPEND text ".global ${name}_lua\n.hidden ${name}_lua\n"
                           "${name}_lua:\n.incbin \"${script}\"\n.byte 0\n")
    endforeach()
    string(APPEND text ".section .note.GNU-stack,\"\",%progbits\n")
    file(CONFIGURE OUTPUT ${out} CONTENT "${text}" @ONLY)
    set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${scripts}")
    target_sources(${module} PRIVATE ${out})
endfunction()
