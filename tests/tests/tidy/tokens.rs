//! Tokens in a row, so that a rule about text sees neither comments nor strings.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A token, or one half of a pair of brackets.
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// The tokens in their order, the brackets of groups among them.
pub(crate) fn flatten(stream: TokenStream) -> Vec<Token> {
    let mut tokens = Vec::new();
    append(stream, &mut tokens);
    tokens
}

/// The places where these tokens stand in a row, as indices of the first.
pub(crate) fn find<'a>(tokens: &'a [Token], wanted: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
    let windows = tokens.windows(wanted.len()).enumerate();
    let found = windows.filter(move |(_, window)| window.iter().zip(wanted).all(|(token, text)| token.text == **text));
    found.map(|(index, _)| index)
}

/// The tokens between the bracket at `open` and the one that closes it.
pub(crate) fn group(tokens: &[Token], open: usize) -> &[Token] {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return tokens.get(open + 1..index).unwrap_or_default();
        }
    }
    &[]
}

/// The first token of each item in a list with commas, brackets within passed over.
pub(crate) fn heads(list: &[Token]) -> impl Iterator<Item = &Token> {
    let mut depth = 0_usize;
    let mut is_head = true;
    list.iter().filter(move |token| {
        let found = is_head && depth == 0;
        is_head = depth == 0 && token.text == ",";
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        found
    })
}

fn append(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                let end = group.span_close().end().line;
                tokens.push(Token { text: open.to_owned(), line });
                append(group.stream(), tokens);
                tokens.push(Token { text: close.to_owned(), line: end });
            }
            other => tokens.push(Token { text: other.to_string(), line }),
        }
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}
