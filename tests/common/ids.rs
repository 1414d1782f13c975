//! Pages as they are read: without the ids that their numbers carry.

/// A page without the elements and attributes that name estimates, or say what a number is that shows none.
pub fn without_ids(page: &str) -> String {
    let page = ["span", "tspan"].iter().fold(page.to_owned(), |page, name| {
        let mut read = String::with_capacity(page.len());
        for (place, part) in page.split(&format!("<{name} data-is=\"")).enumerate() {
            let shown = if place == 0 { part } else { part.split_once("\">").map_or("", |(_, shown)| shown) };
            // The first end is that of the number, in which no other element stands.
            read.push_str(&if place == 0 {
                shown.to_owned()
            } else {
                shown.replacen(&format!("</{name}>"), "", 1)
            });
        }
        read
    });
    let mut read = String::with_capacity(page.len());
    for (place, part) in page.split("<data value=\"").enumerate() {
        let shown = if place == 0 { part } else { part.split_once("\">").map_or("", |(_, shown)| shown) };
        read.push_str(&shown.replace("</data>", ""));
    }
    let mut cells = String::with_capacity(read.len());
    for (place, part) in read.split(" data-of=\"").enumerate() {
        cells.push_str(if place == 0 { part } else { part.split_once('"').map_or("", |(_, rest)| rest) });
    }
    cells
}

#[test]
fn a_page_is_read_without_its_ids() {
    let page =
        "<td data-of=\"a | b\" class=\"x\">7</td><p>Of <data value=\"a/b=1 &amp; c\">12</data> persons</p>";
    assert_eq!(without_ids(page), "<td class=\"x\">7</td><p>Of 12 persons</p>");
    let page = "<p><span>a</span><span data-is=\"counted\">10</span> of <span>24</span></p>";
    assert_eq!(without_ids(page), "<p><span>a</span>10 of <span>24</span></p>");
}
