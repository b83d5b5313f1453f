//! The same in TypeScript, for the pages. It stands in `ui/src/host/contract.gen.ts`.

use std::{any::TypeId, collections::BTreeMap, env, fs};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{Command, Failure, api};

/// Set, the file is written there instead of compared.
const WRITE: &str = "BUKUTAMU_WRITE_CONTRACT";

const COMMITTED: &str = include_str!("../../../../ui/src/host/contract.gen.ts");

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
        // What is not derived has no file of its own: strings, lists, and the server's shapes.
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
        "/** Written from the crate `contract` by its test: what a page may ask of the desktop program, and is told. */\n\
         import type {{ {imports} }} from '../api/types';\n\
         import type {{ Channel }} from './tauri/channel';\n\
         import type {{ Bytes }} from './tauri/ipc';\n"
    );
    for declaration in contract.types.values() {
        text.push('\n');
        text.push_str(&spread(declaration));
    }
    text.push_str(
        "\n/** Every command: what it takes, whether bytes come with it, and what it answers. */\n",
    );
    text.push_str(&spread(&format!("export interface Commands {{ {} }}", contract.commands)));
    text
}

/// With a field on each line if the object is long or its fields are described.
fn spread(text: &str) -> String {
    let text = spread_at(text, "").replace('"', "'");
    text.lines().map(|line| if line.len() > 110 { unite(line) } else { line.to_owned() + "\n" }).collect()
}

/// A long union, with a variant on each line.
fn unite(line: &str) -> String {
    let Some((name, union)) = line.trim_end_matches(';').split_once(" = ") else {
        return line.to_owned() + "\n";
    };
    let variants: Vec<_> = union.split(" | ").collect();
    format!("{name} =\n  | {};\n", variants.join("\n  | "))
}

fn spread_at(text: &str, indent: &str) -> String {
    let Some(open) = after_comments(text).find('{').map(|at| at + text.len() - after_comments(text).len())
    else {
        return described(text, indent);
    };
    let close = open + closing(&text[open..]);
    let (before, inside, after) = (&text[..open], &text[open + 1..close], &text[close + 1..]);
    let (before, after) = (described(before, indent), spread_at(after, indent));
    let members = members(inside);
    let line = members.iter().map(|member| spread_at(member, indent)).collect::<Vec<_>>().join("; ");
    if !inside.contains("/**") && indent.len() + before.lines().last().map_or(0, str::len) + line.len() < 100
    {
        return format!("{before}{{ {line} }}{after}");
    }
    let deeper = format!("{indent}  ");
    let members = members.iter().map(|member| format!("{deeper}{};\n", spread_at(member, &deeper)));
    format!("{before}{{\n{}{indent}}}{after}", members.collect::<String>())
}

/// What stands behind the comment that a text begins with.
fn after_comments(text: &str) -> &str {
    let text = text.trim_start();
    if text.starts_with("/**") { text.split_once("*/").map_or(text, |(_, rest)| rest) } else { text }
}

/// The comment that a text begins with on lines of its own, each as short as it can be.
fn described(text: &str, indent: &str) -> String {
    let rest = after_comments(text);
    let comment = text[..text.len() - rest.len()].trim().trim_start_matches("/**").trim_end_matches("*/");
    let lines: Vec<_> = comment
        .lines()
        .map(|line| line.trim().trim_start_matches('*').trim())
        .filter(|line| !line.is_empty())
        .collect();
    match &*lines {
        [] => text.to_owned(),
        [line] => format!("/** {line} */\n{indent}{}", rest.trim_start()),
        lines => format!(
            "/**\n{indent} * {}\n{indent} */\n{indent}{}",
            lines.join(&format!("\n{indent} * ")),
            rest.trim_start()
        ),
    }
}

/// Where the brace closes that a text begins with. Comments hold none.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    let closes = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    };
    text.find(closes).expect("every brace closes")
}

/// What an object holds, with names that need no quotation marks.
fn members(inside: &str) -> Vec<String> {
    let (mut members, mut rest) = (Vec::new(), inside.trim());
    while !rest.is_empty() {
        let from = rest.len() - after_comments(rest).len();
        let mut depth = 0;
        let ends = |c: char| {
            depth += i32::from("{(<".contains(c)) - i32::from("})>".contains(c));
            depth == 0 && c == ','
        };
        let end = rest[from..].find(ends).map_or(rest.len(), |at| from + at);
        let (comment, member) = rest[..end].split_at(from);
        let member = match member.trim().strip_prefix('"').and_then(|quoted| quoted.split_once("\":")) {
            Some((name, kind)) => format!("{name}:{kind}"),
            None => member.trim().to_owned(),
        };
        members.push(format!("{}{member}", comment.trim_start()));
        rest = rest[end..].trim_start_matches(',').trim();
    }
    members
}

#[test]
fn the_pages_know_this_contract() {
    let text = write();
    if let Some(path) = env::var_os(WRITE) {
        return fs::write(path, text).expect("the types can be written");
    }
    assert!(
        text == COMMITTED,
        "ui/src/host/contract.gen.ts is another than the contract. Write it anew:\n  \
         {WRITE}=$PWD/ui/src/host/contract.gen.ts cargo test --workspace --lib the_pages_know_this_contract"
    );
}
