//! Generates the contract in TypeScript for the pages: `ui/src/host/contract.d.mts`.

use std::{any::TypeId, collections::BTreeMap, env, fs};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{ARGS_HEADER, Command, Failure, api};

/// If this variable is set, the file is written to its path instead of compared.
const WRITE: &str = "BUKUTAMU_WRITE_CONTRACT";

const COMMITTED: &str = include_str!("../../../../ui/src/host/contract.d.mts");

/// Commands, and the types that they name.
struct Contract {
    config: Config,
    commands: String,
    types: BTreeMap<String, String>,
    seen: Vec<TypeId>,
}

impl Contract {
    fn command<C: Command>(&mut self) {
        let args = C::inline(&self.config);
        let args = if args.contains(':') { args } else { "null".to_owned() };
        let reply = C::Reply::name(&self.config);
        let about = C::docs().unwrap_or_default();
        let (name, bytes) = (C::NAME, C::HAS_BYTES);
        self.commands
            .push_str(&format!("{about}{name}: {{ args: {args}, bytes: {bytes}, reply: {reply}, }},"));
        C::visit_dependencies(self);
        C::visit_generics(self);
        self.visit::<C::Reply>();
        C::Reply::visit_generics(self);
    }
}

impl TypeVisitor for Contract {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        // Only derived types have a file of their own. Strings, lists and the server's shapes have none.
        if T::output_path().is_some() {
            let about = T::docs().unwrap_or_default();
            self.types.insert(T::ident(&self.config), format!("{about}export {}", T::decl(&self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn write() -> String {
    let config = Config::new().with_large_int("number");
    let mut contract = Contract { config, commands: String::new(), types: BTreeMap::new(), seen: Vec::new() };
    contract.visit::<Failure>();
    macro_rules! every {
        ($($windows:tt {$(
            $(#[$about:meta])* $name:ident $Request:ident { $($fields:tt)* } $(with $bytes:ident)? -> $Reply:ty;
        )*})*) => {
            $($(contract.command::<crate::$Request>();)*)*
        };
    }
    with_commands!(every);
    let imports = api::NAMES.join(", ");
    let mut text = format!(
        "/** Written from the crate `contract` by its test: what a page may ask of the desktop program. */\n\
         import type {{ {imports} }} from '../api/types';\n\
         import type {{ Channel }} from './tauri/channel';\n\
         import type {{ Bytes }} from './tauri/ipc';\n\n\
         /** Where a request stands if the body is bytes. */\n\
         export type ArgsHeader = '{ARGS_HEADER}';\n"
    );
    for declaration in contract.types.values() {
        text.push('\n');
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str(
        "\n/** Every command: what it takes, whether bytes come with it, and what it answers. */\n",
    );
    text.push_str(&format!("export interface Commands {{ {} }}\n", contract.commands));
    text
}

/// The text without what Prettier may change.
fn essence(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"'\",;|*".contains(*c)).collect()
}

#[test]
fn the_pages_know_this_contract() {
    let text = write();
    if let Some(path) = env::var_os(WRITE) {
        return fs::write(path, text).expect("the types can be written");
    }
    assert!(
        essence(&text) == essence(COMMITTED),
        "ui/src/host/contract.d.mts is another than the contract. Write it anew:\n  \
         {WRITE}=$PWD/ui/src/host/contract.d.mts cargo test --workspace --lib the_pages_know_this_contract && \
         npm --prefix ui run format"
    );
}
