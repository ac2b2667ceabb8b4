use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::CliError;
use super::context::Data;
use crate::organisation::{FormFile, WaitingForChain, import_forms, show_forms, waiting_for_chains};
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum Forms {
    /// Puts the forms and chains of a JSON file in force, as new versions; what was started goes on as it began
    Import(Import),
    /// Prints the forms and chains in force, in the shape of such a file
    Show(Show),
    /// Lists requests that wait because their chain is not known here: import the file again that it came from
    Waiting(Show),
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file: {"forms": […], "chains": […]}; approvers are superior, head, head:UNIT, duty:NAME or person:PERSON
    file: PathBuf,
    /// Forms that the file does not name go out of force
    #[arg(long)]
    only: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[command(flatten)]
    data: Data,
}

impl Forms {
    pub(super) fn run(self) -> Result<String, CliError> {
        match self {
            Forms::Import(import) => import.run(),
            Forms::Show(Show { data }) => {
                let context = data.open()?;
                let shown = context
                    .store
                    .read(|reader| Ok(show_forms(reader, context.tenant.id)))?;
                Ok(shown?)
            }
            Forms::Waiting(Show { data }) => {
                let context = data.open()?;
                let waiting = context
                    .store
                    .read(|reader| waiting_for_chains(reader, context.tenant.id))?;
                let line = |it: &WaitingForChain| format!("{}  {}  {}", it.document, it.chain, it.title);
                let lines: Vec<String> = waiting.iter().map(line).collect();
                Ok(if lines.is_empty() {
                    "none".to_owned()
                } else {
                    lines.join("\n")
                })
            }
        }
    }
}

impl Import {
    fn run(self) -> Result<String, CliError> {
        let Import { file, only, data } = self;
        let text = std::fs::read_to_string(&file).map_err(|error| CliError::File {
            path: file.display().to_string(),
            problem: error.to_string(),
        })?;
        let forms: FormFile = text.parse()?;
        let context = data.open()?;
        let tenant = context.tenant.id;
        let imported = context
            .store
            .transact(move |writer| import_forms(writer, tenant, &forms, only))?;
        let mut lines: Vec<String> = imported
            .added
            .iter()
            .map(|row| format!("in force: {row}"))
            .collect();
        if !imported.same.is_empty() {
            lines.push(format!("as before: {}", imported.same.join(", ")));
        }
        Ok(lines.join("\n"))
    }
}
