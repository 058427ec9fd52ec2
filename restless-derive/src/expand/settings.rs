//! `SETTINGS`: one call per key that was given, so that the core's defaults stay the core's.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Ident, LitStr};

use crate::attr::{Count, Format, Given, IncludePath, Method};
use crate::model::Model;

/// The call of a setting, where its key was given. The name is what the constant begins with.
macro_rules! call {
    ($model:ident $name:ident Name) => {
        None
    };
    ($model:ident $name:ident $kind:ident) => {
        call(stringify!($name), $model.keys.$name.as_ref(), $model)
    };
}

/// One call per row of the table.
macro_rules! calls {
    (settings { $($(#[$about:meta])* $name:ident { form: $form:literal, kind: $kind:ident, $($rest:tt)* })* } $($others:tt)*) => {
        fn calls(model: &Model) -> impl Iterator<Item = TokenStream> {
            [$(call!(model $name $kind)),*].into_iter().flatten()
        }
    };
}

restless_settings::table!(calls);

/// The constant with what `#[restless(...)]` on the struct says about the endpoint.
pub fn constant(model: &Model) -> TokenStream {
    let collection = &model.collection.text;
    let calls = calls(model);
    quote! {
        const SETTINGS: __restless::Settings = __restless::Settings::new(#collection) #(#calls)*;
    }
}

/// A value as the argument of its call.
trait Argument {
    fn argument(&self, model: &Model) -> TokenStream;
}

fn call(name: &str, given: Option<&Given<impl Argument>>, model: &Model) -> Option<TokenStream> {
    let Given { key, value } = given?;
    let (name, argument) = (Ident::new(name, key.span()), value.argument(model));
    Some(quote!(.#name(#argument)))
}

/// A key that was given says it all.
impl Argument for () {
    fn argument(&self, _: &Model) -> TokenStream {
        TokenStream::new()
    }
}

impl Argument for u32 {
    fn argument(&self, _: &Model) -> TokenStream {
        Literal::u32_unsuffixed(*self).into_token_stream()
    }
}

impl Argument for LitStr {
    fn argument(&self, _: &Model) -> TokenStream {
        self.into_token_stream()
    }
}

impl Argument for Count {
    fn argument(&self, _: &Model) -> TokenStream {
        match self {
            Self::Exact => quote!(__restless::Count::Exact),
            Self::None => quote!(__restless::Count::None),
        }
    }
}

impl Argument for Method {
    fn argument(&self, _: &Model) -> TokenStream {
        let name = Ident::new(self.name(), Span::call_site());
        quote!(__restless::Method::#name)
    }
}

impl Argument for Format {
    fn argument(&self, _: &Model) -> TokenStream {
        let (_, name) = self.names();
        let name = Ident::new(name, Span::call_site());
        quote!(__restless::Format::#name)
    }
}

/// A path as the wire has it: the relations of other models are written so already.
impl Argument for IncludePath {
    fn argument(&self, model: &Model) -> TokenStream {
        let first = model.relation(&self.first).map(|relation| relation.name.text.as_str());
        first.map_or_else(|| self.text(), |first| self.beginning_with(first)).into_token_stream()
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn argument(&self, model: &Model) -> TokenStream {
        let items = self.iter().map(|item| item.argument(model));
        quote!(&[#(#items),*])
    }
}
