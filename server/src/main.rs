//! The binary `fieldbook`: the sync server and the operator's commands.

fn main() -> std::process::ExitCode {
    fieldbook_server::run(std::env::args_os())
}
