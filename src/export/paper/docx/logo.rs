//! The mark of the organisation: a PNG as it is, an SVG with the PNG that Word wants beside it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Group, ImageHrefResolver, ImageKind, Node, Options, Tree};

use super::package::{Package, Relations};
use super::xml::Xml;
use crate::export::paper::flow::{Losses, logo_size};
use crate::export::paper::{Density, LogoKind, Paper};

/// The unit of pictures: this many to a millimeter.
const MILLIMETER: f32 = 36_000.0;
/// How many pixels the longer side of an SVG is drawn with.
const PIXELS: f32 = 800.0;
/// The same for one with filters, whose work grows with the square of it.
const FILTERED_PIXELS: f32 = 300.0;
/// The most an SVG may weigh, in bytes.
const HEAVIEST: usize = 2 * 1024 * 1024;
/// The most work that drawing may be: what a path is 1 of.
const MOST_WORK: i64 = 50_000;
/// How long and how high a picture inside an SVG may be, in pixels.
const LARGEST_INSIDE: u32 = 4_000;

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The logo in the package.
pub(super) struct Pictures {
    png: String,
    svg: Option<String>,
    size: (f32, f32),
}

impl Pictures {
    /// Puts the logo in the package, where there is one that can be drawn.
    pub fn of(paper: &Paper, package: &mut Package, relations: &mut Relations, losses: &mut Losses) -> Option<Self> {
        let logo = paper.front.logo.as_ref()?;
        let is_svg = logo.kind == LogoKind::Svg;
        let png = if is_svg {
            drawn(&logo.bytes).map(|(png, is_whole)| {
                if !is_whole {
                    let left = "A picture inside the logo, which programs that draw no SVG do not show";
                    losses.said.push(left.to_owned());
                }
                png
            })
        } else {
            logo.bytes.starts_with(PNG).then(|| logo.bytes.clone())
        };
        let Some(png) = png else {
            losses.said.push("The logo, which is no picture that can be drawn".to_owned());
            return None;
        };
        package.add("word/media/logo.png", "image/png", png);
        let png = relations.add("image", "word/media/logo.png");
        let svg = is_svg.then(|| {
            package.add("word/media/logo.svg", "image/svg+xml", logo.bytes.clone());
            relations.add("image", "word/media/logo.svg")
        });
        let (widest, highest) = if paper.density == Density::Dense { (40.0, 11.0) } else { (60.0, 18.0) };
        Some(Self { png, svg, size: logo_size(logo.width, logo.height, widest, highest) })
    }

    /// The run that shows it; `name` is what it is called for those who cannot see it.
    pub fn write(&self, xml: &mut Xml, name: &str) {
        let [width, height] = [self.size.0, self.size.1].map(|side| ((side * MILLIMETER) as u32).max(1).to_string());
        xml.start("w:r", &[]);
        xml.start("w:drawing", &[]);
        xml.start("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
        xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
        xml.empty("wp:docPr", &[("id", "1"), ("name", "Logo"), ("descr", name)]);
        xml.raw(r#"<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>"#);
        xml.start("a:graphic", &[]);
        xml.start("a:graphicData", &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")]);
        xml.start("pic:pic", &[]);
        xml.start("pic:nvPicPr", &[]);
        xml.empty("pic:cNvPr", &[("id", "1"), ("name", "Logo"), ("descr", name)]);
        xml.raw("<pic:cNvPicPr/>");
        xml.end();
        xml.start("pic:blipFill", &[]);
        xml.start("a:blip", &[("r:embed", &self.png)]);
        if let Some(svg) = &self.svg {
            xml.raw(&format!(
                concat!(
                    r#"<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip "#,
                    r#"xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/>"#,
                    "</a:ext></a:extLst>"
                ),
                svg
            ));
        }
        xml.end();
        xml.raw("<a:stretch><a:fillRect/></a:stretch>");
        xml.end();
        xml.start("pic:spPr", &[]);
        xml.start("a:xfrm", &[]);
        xml.raw(r#"<a:off x="0" y="0"/>"#);
        xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
        xml.end();
        xml.raw(r#"<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>"#);
        for _ in 0..7 {
            xml.end();
        }
    }
}

/// An SVG as PNG, and whether all of it is drawn; none where it is none, or more than a logo.
///
/// Nothing outside of it is looked at: no file, no face of this machine.
fn drawn(svg: &[u8]) -> Option<(Vec<u8>, bool)> {
    static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut faces = Database::new();
        for face in typst_assets::fonts() {
            faces.load_font_source(Source::Binary(Arc::new(face)));
        }
        faces.set_serif_family("Libertinus Serif");
        faces.set_sans_serif_family("Libertinus Serif");
        Arc::new(faces)
    });
    if svg.len() > HEAVIEST {
        return None;
    }
    let is_cut = AtomicBool::new(false);
    let left_out = || {
        is_cut.store(true, Ordering::Relaxed);
        None
    };
    let options = Options {
        resources_dir: None,
        font_family: "Libertinus Serif".to_owned(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(
                |_, data, _| if is_small_png(&data) { Some(ImageKind::PNG(data)) } else { left_out() },
            ),
            resolve_string: Box::new(|_, _| left_out()),
        },
        fontdb: Arc::clone(&FACES),
        ..Options::default()
    };
    let tree = Tree::from_data(svg, &options).ok()?;
    let mut work = Work { left: MOST_WORK, has_filters: false };
    work.of(tree.root());
    if work.left < 0 {
        return None;
    }
    let pixels = if work.has_filters { FILTERED_PIXELS } else { PIXELS };
    let size = tree.size();
    let scale = pixels / size.width().max(size.height());
    let side = |length: f32| (length * scale).round().clamp(1.0, pixels) as u32;
    let mut page = Pixmap::new(side(size.width()), side(size.height()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut page.as_mut());
    let bytes: Vec<u8> = page
        .pixels()
        .iter()
        .map(|pixel| pixel.demultiply())
        .flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()])
        .collect();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, page.width(), page.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&bytes).ok()?;
    writer.finish().ok()?;
    drop(options);
    Some((png, !is_cut.into_inner()))
}

/// What unpacks to no more than can be held: its head says how large it is.
fn is_small_png(data: &[u8]) -> bool {
    let side = |at: usize| data.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(u32::MAX, u32::from_be_bytes);
    data.starts_with(PNG) && side(16) <= LARGEST_INSIDE && side(20) <= LARGEST_INSIDE
}

/// What drawing may still cost.
struct Work {
    left: i64,
    has_filters: bool,
}

impl Work {
    /// Takes off what drawing a group costs, until nothing is left: layers, filters and pictures cost all of the page.
    fn of(&mut self, group: &Group) {
        for node in group.children() {
            self.left -= match node {
                Node::Group(group) => {
                    let filters: usize = group.filters().iter().map(|filter| filter.primitives().len()).sum();
                    self.has_filters |= filters > 0;
                    1 + 100 * i64::from(group.should_isolate()) + 4_000 * i64::try_from(filters).unwrap_or(MOST_WORK)
                }
                Node::Path(_) => 1,
                Node::Text(_) => 10,
                Node::Image(_) => 2_500,
            };
            if self.left < 0 {
                return;
            }
            node.subroots(|group| self.of(group));
            if let Node::Group(group) = node {
                self.of(group);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_is_drawn_and_nothing_else_is() {
        let svg =
            |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>{inside}</svg>");
        let check = |svg: &str| drawn(svg.as_bytes()).map(|(png, is_whole)| (png.starts_with(PNG), is_whole));
        assert_eq!(check(&svg("<rect width='9' height='9'/><text>a</text>")), Some((true, true)));
        assert_eq!(check(&svg("<image href='/etc/passwd' width='9' height='9'/>")), Some((true, false)));
        assert_eq!(check("no picture"), None);
        assert_eq!(check(""), None);
        assert_eq!(check(&svg(&"<rect width='9' height='9'/>".repeat(60_000))), None);
        let filters = "<filter id='f'><feFlood/></filter><g filter='url(#f)'><rect width='9' height='9'/></g>";
        assert_eq!(check(&svg(&filters.repeat(60))), None);
    }
}
