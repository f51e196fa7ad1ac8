import Charts

/// The style of the HTML report, and the few lines of script that sort its tables.
enum HTMLStyle {
  /// For screens as narrow as a phone, and for mail, which is 600 pixels wide and cannot be scrolled sideways.
  private static let narrow = """
    body{padding:0 16px 40px}.tiles{grid-template-columns:1fr 1fr}
    .tiles>div:nth-child(odd){padding-left:0;border-left:0}.tiles>div:nth-child(n+3){border-top:1px solid var(--grid)}
    .wide{display:none}.narrow{display:block}:root{--bar:5em}.many,.dense{--bar:4em}.span{width:2.6em;margin-right:4px}.tiles .number{font-size:27px}h2{font-size:21px}
    table{font-size:13.5px}th,td{padding-right:9px}
    thead th{white-space:normal}tbody th,td:not(.r){white-space:normal;min-width:5.5em}td:has(.bar,.span,.spark){white-space:nowrap;min-width:0}
    tbody .rank{min-width:0}tbody .long{min-width:11em}.stack{min-width:7.5em}tbody .wrap:not(.r){min-width:11em}tbody :is(.wrap:has(+.wrap),.wrap+.wrap):not(.r){min-width:6.5em}.wrap.r small{min-width:6em}table:has(.span) tbody .wrap:not(.r){min-width:6.5em}
    """

  /// Of mails: the narrow style at their width. Its columns stand one below the other.
  static let mail = """
    \(text)\(narrow)
    body{max-width:600px;padding:0 16px 40px}.columns{display:block}.narrow{display:none}.tiles{grid-template-columns:1fr 1fr}
    .span{width:5.5em}.bar{max-width:7em}

    """

  static let text = """
    :root{\(SVGRenderer.properties(.light));--bar:9em}
    @media (prefers-color-scheme:dark){:root{\(SVGRenderer.properties(.dark))}}
    *{box-sizing:border-box}
    html{background:var(--paper);color:var(--ink-2);font:15px/1.45 Inter,"DejaVu Sans",system-ui,sans-serif;\
    font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
    body{max-width:60rem;margin:0 auto;padding:0 20px 48px}
    header,footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 24px;font-size:13px;color:var(--ink-3)}
    header{padding:20px 0 10px;border-bottom:1px solid var(--rule)}
    header b{color:var(--ink);font-weight:600;margin-right:.4em}
    footer{border-top:1px solid var(--rule);margin-top:40px;padding-top:8px}
    header p,footer p{margin:0}
    nav{display:flex;gap:4px 20px;flex-wrap:wrap;padding:10px 0;font-size:13px}
    nav a,a{color:var(--on-demand)}
    nav a{text-decoration:none}
    nav a:hover{text-decoration:underline}
    .skip,.hidden{position:absolute;left:-9999px}
    .skip:focus{left:8px;top:8px;background:var(--paper);padding:4px 8px}
    :focus-visible{outline:2px solid var(--on-demand);outline-offset:2px}
    h1,h2,h3,p{overflow-wrap:break-word}.w{white-space:nowrap}.a{overflow-wrap:anywhere}
    h1,h2,h3{color:var(--ink);font-weight:600;margin:0;text-wrap:pretty}
    h1{font-size:clamp(24px,5vw,33px);line-height:1.22;letter-spacing:-.018em;margin-top:14px}
    h2{font-size:24px;line-height:1.3;letter-spacing:-.01em;margin-top:56px}
    h3{font-size:17px;line-height:1.35}
    p{margin:8px 0 0}
    .lede{font-size:16px;line-height:1.5;max-width:48rem}
    .sub,.caption,figcaption{font-size:13.5px;margin:1px 0 0}
    .caption,figcaption{color:var(--ink-3);margin-top:8px}
    strong,b{font-weight:600}
    p strong,aside strong{color:var(--ink)}
    figure{margin:34px 0 0}
    h2+figure,h2+.columns{margin-top:24px}
    aside{background:var(--wash);padding:12px 16px;margin-top:34px;font-size:14px}
    aside p:first-child{margin-top:0}
    pre{background:var(--wash);padding:12px 16px;overflow-x:auto;font-size:13px}
    .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:0 36px}
    .tiles{display:grid;grid-template-columns:repeat(4,1fr);border-top:2px solid var(--ink-2);\
    border-bottom:1px solid var(--rule)}
    .tiles>div{padding:12px 12px 14px 18px;border-left:1px solid var(--grid);min-width:0}
    .tiles>div:first-child{padding-left:0;border-left:0}
    .tiles p{margin:0;font-size:13.5px;position:relative}
    .tiles .number{font-size:32px;line-height:1.3;font-weight:600;color:var(--ink);letter-spacing:-.018em}
    .tiles svg{position:absolute;right:0;top:0;width:46px;height:20px}
    .tiles polyline{fill:none;stroke:var(--ink-3);stroke-width:1.2}
    .tiles circle{fill:var(--ink)}
    .negative{color:var(--negative)}.positive{color:var(--positive)}.ink-3{color:var(--ink-3)}.ink-2{color:var(--ink-2)}
    .chart{margin-top:10px}
    .chart svg{display:block;width:100%;height:auto}
    .narrow{display:none}
    .scroll{overflow-x:auto;margin-top:8px;background:\
    linear-gradient(90deg,var(--paper) 40%,transparent) 0 0/36px 100% no-repeat local,\
    linear-gradient(270deg,var(--paper) 40%,transparent) 100% 0/36px 100% no-repeat local,\
    linear-gradient(90deg,var(--rule),transparent) 0 0/12px 100% no-repeat scroll,\
    linear-gradient(270deg,var(--rule),transparent) 100% 0/12px 100% no-repeat scroll}
    table{border-collapse:collapse;width:100%;font-size:14px;color:var(--ink)}
    th,td{padding:6px 14px 6px 0;text-align:left;white-space:nowrap;border-bottom:1px solid var(--grid);\
    vertical-align:middle;font-weight:400}
    th:last-child,td:last-child{padding-right:0}
    thead th{color:var(--ink-3);font-weight:500;border-bottom:1.2px solid var(--ink);vertical-align:bottom}
    tbody tr:last-child>*{border-bottom-color:var(--rule)}
    tfoot>tr>*,.total>*{border-top:1.2px solid var(--ink);border-bottom:0;font-weight:600}
    .r{text-align:right}.strong{font-weight:600}.muted>th{color:var(--ink-3)}
    .group th{font-weight:600;padding-top:14px}
    .big{font-size:17px;font-weight:600}
    .wrap{white-space:normal;vertical-align:top}.long{white-space:normal;min-width:12em}
    .wrap small{display:block;font-size:13.5px;font-weight:400;color:var(--ink-2);min-width:11em}
    .wrap.r small{color:var(--ink-3);min-width:8em}
    tr:has(.wrap)>*{vertical-align:top}
    .many{--bar:10em}.dense{--bar:6em}.columns{--bar:5em}
    button{font:inherit;color:inherit;text-align:inherit;background:none;border:0;padding:0;cursor:pointer}
    button:hover{color:var(--ink);text-decoration:underline}
    [aria-sort] button::after{content:" ↓"}[aria-sort=ascending] button::after{content:" ↑"}
    .bar{display:inline-block;width:max(1px,calc(var(--v)*var(--bar)));height:14px;background:var(--c);\
    vertical-align:-2px;margin-right:8px}
    .hollow{background:var(--f,none);border:1px solid var(--o)}
    .stack{position:relative;display:flex;min-width:9em;height:15px;border:1px solid var(--unused-outline);\
    background:var(--unused)}
    .stack i{display:block;height:100%}
    .stack span{font-size:12.5px;white-space:nowrap;line-height:13px;padding-left:6px;color:var(--ink-2)}
    .span{position:relative;display:inline-block;width:14em;height:16px;vertical-align:-3px;margin-right:8px}
    .span i{position:absolute;top:0;bottom:0}.span i:not(.hollow){background:var(--c)}
    .span u{position:absolute;top:-7px;bottom:-7px;width:1px;background:var(--ink-3)}
    .spark{height:20px;width:72px;display:block}
    .spark rect{fill:var(--work)}.muted .spark rect{fill:var(--unused-outline)}
    .spark .partial{fill:var(--unused);stroke:var(--unused-outline);stroke-width:.7}
    details{margin-top:6px;font-size:13px}
    summary{color:var(--ink-3);cursor:pointer;width:max-content}
    details .scroll{max-height:24em;overflow:auto}
    details table{font-size:13px;width:auto}
    details td,details th{padding:3px 18px 3px 0}
    @media (max-width:820px){.tiles svg{top:27px}.columns{grid-template-columns:minmax(0,1fr)}}
    @media (max-width:560px){
    \(narrow)
    .keep{position:sticky;right:0;background:var(--paper);padding-left:9px}
    .keep::before{content:"";position:absolute;inset:0 auto 0 -12px;width:12px;\
    background:linear-gradient(270deg,var(--rule),transparent)}
    @supports (container-type:scroll-state){
    .keep{container-type:scroll-state}.keep::before{opacity:0}
    @container scroll-state(stuck:right){.keep::before{opacity:1}}}}
    @media print{
    :root{\(SVGRenderer.properties(.light))}
    html{font-size:11px}nav,details,.skip{display:none}figure,aside,tr{break-inside:avoid}h2,h3{break-after:avoid}
    .page{break-after:page}.scroll{overflow:visible;background:none}body{max-width:none;padding:0}}

    """

  /// Sorts a table by the heading that was clicked; rows that gather the rest stay last.
  static let script = """
    for (const table of document.querySelectorAll("table.sortable")) {
      const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
      heads.forEach((head, column) => head.querySelector("button")?.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = row => { const cell = row.cells[column]; return cell.dataset.v === undefined ? cell.textContent : +cell.dataset.v; };
        const rest = row => row.classList.contains("muted") ? 1 : 0;
        const order = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
        body.append(...[...body.rows].sort((a, b) => rest(a) - rest(b) || order(key(a), key(b)) * (down ? -1 : 1)));
      }));
    }

    """
}
