//! Console sessions: what commands print, and their exit codes.

#[test]
fn sessions() {
    trycmd::TestCases::new().case("tests/cli/*.md").env("SOURCE_DATE_EPOCH", crate::support::TODAY);
}
