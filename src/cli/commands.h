/*
 * commands — what `pinson NAME` does. Each reads its options from config, does its work and
 * returns the status of the process. One file each, of the same name.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/config.h"

enum status boards_command(struct config *config);
enum status case_command(struct config *config);
enum status create_command(struct config *config);
enum status export_command(struct config *config);
enum status import_command(struct config *config);
enum status invite_command(struct config *config);
enum status methods_command(struct config *config);
enum status rank_command(struct config *config);
enum status rehearse_command(struct config *config);
enum status serve_command(struct config *config);
enum status verify_command(struct config *config);

extern const char boards_help[];
extern const char case_help[];
extern const char create_help[];
extern const char export_help[];
extern const char import_help[];
extern const char invite_help[];
extern const char methods_help[];
extern const char rank_help[];
extern const char rehearse_help[];
extern const char serve_help[];
extern const char verify_help[];

#endif
