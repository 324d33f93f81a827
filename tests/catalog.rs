use statuscode::catalog::Catalog;
#[test]
fn parses() {
    Catalog::parse(include_str!("../codes.toml")).unwrap();
}
