//! The signature base (RFC 9421 §2.5): one line a covered component, then the parameters.

/// A signature base in the making. General on purpose: the RFC's own examples are built with it.
pub(crate) struct Base {
    /// Finished lines.
    lines: String,
    /// The covered components as they stand in `Signature-Input`: `("@method" "@path"`, still open.
    covered: String,
}

impl Base {
    /// Nothing covered yet.
    pub(crate) fn new() -> Self {
        // Room for the profile's components, so that the texts do not move while they grow.
        let mut covered = String::with_capacity(128);
        covered.push('(');
        Self { lines: String::with_capacity(1024), covered }
    }

    /// Covers a component. `name` is lower case; `value` is already in canonical form (RFC 9421 §2.1, §2.2).
    pub(crate) fn cover(self, name: &str, value: &str) -> Self {
        self.cover_with(name, "", value)
    }

    /// Covers a component that has parameters, given serialized: `;name="Pet"`.
    pub(crate) fn cover_with(mut self, name: &str, parameters: &str, value: &str) -> Self {
        if self.covered.len() > 1 {
            self.covered.push(' ');
        }
        for text in ["\"", name, "\"", parameters] {
            self.covered.push_str(text);
            self.lines.push_str(text);
        }
        for text in [": ", value, "\n"] {
            self.lines.push_str(text);
        }
        self
    }

    /// The covered components alone, still open: `("@method" "@path"`.
    #[cfg(feature = "verify")]
    pub(crate) fn covered(&self) -> &str {
        &self.covered
    }

    /// Closes the base with the signature's parameters, given serialized: `;created=1;keyid="k"`.
    /// Returns the base and the whole value of `@signature-params`.
    pub(crate) fn finish(self, parameters: &str) -> (String, String) {
        let params = format!("{}){parameters}", self.covered);
        (self.close(&params), params)
    }

    /// Closes the base with the value of `@signature-params`, already checked against what is covered here.
    pub(crate) fn close(self, params: &str) -> String {
        let mut base = self.lines;
        base.push_str("\"@signature-params\": ");
        base.push_str(params);
        base
    }
}

#[cfg(test)]
#[cfg(feature = "verify")]
mod rfc9421;
