"""Sections, paragraphs, lists and tables that came, went, moved or changed, and the redline of each.

Each is a name, the body before, the body after, the lines of the redline, and the sentences of the
clinical changes. `redline_notation` says how to read one.
"""
# ruff: noqa: E501

BLOCKS = [
    (
        "a section that moved",
        "<h2>Rest</h2><p>Sleep well.</p><h2>Dosage</h2><p>Take 5 mg at night with a glass of water.</p>"
        "<h2>Help</h2><p>Call the clinic about anything that worries you at home.</p>",
        "<h2>Dosage</h2><p>Take 5 mg at night with a glass of water.</p>"
        "<h2>Help</h2><p>Call the clinic about anything that worries you at home.</p>"
        "<h2>Rest</h2><p>Sleep well.</p>",
        ["§ < Rest (after Help)", "§ Rest > (was after –)"],
        ["The section “Rest” was moved."],
    ),
    (
        "a section that moved with its subsections, one of them reworded",
        "<h2>Rest</h2><p>Sleep well.</p><h3>Naps</h3><p>Nap for 20 minutes.</p>"
        "<h2>Help</h2><p>Call the clinic about anything that worries you, by day or by night.</p>",
        "<h2>Help</h2><p>Call the clinic about anything that worries you, by day or by night.</p>"
        "<h2>Rest</h2><p>Sleep well.</p><h3>Naps</h3><p>Nap for 30 minutes.</p>",
        [
            "§ < Rest (after Help)",
            "§ Rest > (was after –)",
            "§ Naps",
            "  p: Nap for [-20 minutes-]{+30 minutes+}.",
        ],
        ["The section “Rest” was moved.", "In “Naps”, “20 minutes” became “30 minutes”."],
    ),
    (
        "a section that moved past another with the same subsections",
        "<h2>Flu</h2><p>Flu comes in winter and spreads from person to person.</p><h3>Care</h3><h4>Rest</h4>"
        "<p>Stay in bed.</p><h2>Cold</h2><p>A cold is mild.</p><h3>Care</h3><h4>Rest</h4><p>Sit up.</p>",
        "<h2>Cold</h2><p>A cold is mild.</p><h3>Care</h3><h4>Rest</h4><p>Sit up.</p><h2>Flu</h2>"
        "<p>Flu comes in winter and spreads from person to person.</p><h3>Care</h3><h4>Rest</h4>"
        "<p>Stay in bed.</p>",
        ["§ Cold > (was after Rest)", "§ < Cold (after –)"],
        ["The section “Cold” was moved."],
    ),
    (
        "a paragraph that moved to another section",
        "<h2>Adults</h2><p>Rest at home.</p><p>Take 5 mg at night.</p><h2>Children</h2><p>Ask us.</p>",
        "<h2>Adults</h2><p>Rest at home.</p><h2>Children</h2><p>Ask us.</p><p>Take 5 mg at night.</p>",
        [
            "§ Adults",
            "  < p: Take 5 mg at night. | Children",
            "§ Children",
            "  > p: Take 5 mg at night. | Adults",
        ],
        ["In “Children”, “Take 5 mg at night.” was moved."],
    ),
    (
        "a paragraph that moved within its section and was reworded",
        "<h2>Care</h2><p>Wash the wound with warm water and soap for 5 minutes.</p><p>Rest.</p>"
        "<p>Cover it with a clean dressing that lets air through and keeps it dry.</p>",
        "<h2>Care</h2><p>Rest.</p><p>Cover it with a clean dressing that lets air through and keeps it"
        " dry.</p><p>Wash the wound with warm water and soap for 10 minutes.</p>",
        [
            "§ Care",
            "  < p: Wash the wound with warm water and soap for 5 minutes. | same section",
            "  > p: Wash the wound with warm water and soap for [-5 minutes-]{+10 minutes+}."
            " | same section",
        ],
        [
            "In “Care”, “5 minutes” became “10 minutes”.",
            "In “Care”, “Wash the wound with warm water and soap for 10 minutes.” was moved.",
        ],
    ),
    (
        "a paragraph that became an item of a list",
        "<h2>Care</h2><p>Drink a glass of water every hour.</p><ul><li>Rest</li></ul>",
        "<h2>Care</h2><ul><li>Rest</li><li>Drink a glass of water every hour.</li></ul>",
        [
            "§ Care",
            "  < p: Drink a glass of water every hour. | same section",
            "  ul",
            "    + li: Drink a glass of water every hour.",
            "      > p: Drink a glass of water every hour. | same section",
        ],
        ["In “Care”, “Drink a glass of water every hour.” was moved."],
    ),
    (
        "a cell of a table",
        "<h2>Doses</h2><table><caption>By age</caption><thead><tr><th>Age</th><th>Dose</th></tr></thead>"
        "<tbody><tr><td>1 year</td><td>5 mg</td></tr><tr><td>2 years</td><td>10 mg</td></tr></tbody></table>",
        "<h2>Doses</h2><table><caption>By age</caption><thead><tr><th>Age</th><th>Dose</th></tr></thead>"
        "<tbody><tr><td>1 year</td><td>50 mg</td></tr><tr><td>2 years</td><td>10 mg</td></tr></tbody></table>",
        ["§ Doses", "  table", "    tr", "      td", "        p: [-5 mg-]{+50 mg+}"],
        ["In “Doses”, “5 mg” became “50 mg”."],
    ),
    (
        "a row that came, and a caption",
        "<h2>Doses</h2><table><caption>By age</caption><tbody><tr><td>1 year</td><td>5 mg</td></tr></tbody>"
        "</table>",
        "<h2>Doses</h2><table><caption>By weight</caption><tbody><tr><td>1 year</td><td>5 mg</td></tr>"
        "<tr><td>2 years</td><td>10 mg</td></tr></tbody></table>",
        ["§ Doses", "  table", "    caption: By [-age-]{+weight+}", "    + tr: 2 years / 10 mg"],
        None,
    ),
    (
        "a row that became the head of its table",
        "<h2>Doses</h2><table><tbody><tr><th>Age</th><th>Dose</th></tr><tr><td>1 year</td><td>5 mg</td></tr>"
        "</tbody></table>",
        "<h2>Doses</h2><table><thead><tr><th>Age</th><th>Dose</th></tr></thead><tbody><tr><td>1 year</td>"
        "<td>5 mg</td></tr></tbody></table>",
        ["§ Doses", "  table", "    tr (head)"],
        ["In “Doses”, the shape of a table or call-out changed."],
    ),
    (
        "an item of a list",
        "<h2>Care</h2><ul><li>Rest for 2 days</li><li>Drink water</li></ul>",
        "<h2>Care</h2><ul><li>Rest for 3 days</li><li>Drink water</li></ul>",
        ["§ Care", "  ul", "    li", "      p: Rest for [-2 days-]{+3 days+}"],
        ["In “Care”, “2 days” became “3 days”."],
    ),
    (
        "an item that came and one that went",
        "<h2>Care</h2><ul><li>Rest</li><li>Drink water</li><li>Ask a friend to stay</li></ul>",
        "<h2>Care</h2><ul><li>Sit up straight in bed</li><li>Rest</li><li>Drink water</li></ul>",
        ["§ Care", "  ul", "    + li: Sit up straight in bed", "    - li: Ask a friend to stay"],
        None,
    ),
    (
        "items in another order",
        "<h2>Care</h2><ul><li>Milk</li><li>Water</li><li>Tea</li></ul>",
        "<h2>Care</h2><ul><li>Water</li><li>Tea</li><li>Milk</li></ul>",
        ["§ Care", "  ul", "    < li: Milk | same section", "    > li: Milk | same section"],
        ["In “Care”, “Milk” was moved."],
    ),
    (
        "an item that moved from what to do to what not to do",
        "<h2>Do</h2><ul><li>Rest</li><li>Use an ice pack on it</li></ul><h2>Do not</h2><ul><li>Run</li></ul>",
        "<h2>Do</h2><ul><li>Rest</li></ul><h2>Do not</h2><ul><li>Run</li><li>Use an ice pack on it</li></ul>",
        [
            "§ Do",
            "  ul",
            "    < li: Use an ice pack on it | Do not",
            "§ Do not",
            "  ul",
            "    > li: Use an ice pack on it | Do",
        ],
        ["In “Do not”, “Use an ice pack on it” was moved."],
    ),
    (
        "an item of an inner list",
        "<h2>Care</h2><ul><li>Drink<ul><li>1 litre of water</li><li>tea</li></ul></li></ul>",
        "<h2>Care</h2><ul><li>Drink<ul><li>2 litres of water</li><li>tea</li></ul></li></ul>",
        [
            "§ Care",
            "  ul",
            "    li",
            "      ul",
            "        li",
            "          p: [-1 litre-]{+2 litres+} of water",
        ],
        ["In “Care”, “1 litre” became “2 litres”."],
    ),
    (
        "a bulleted list that became numbered",
        "<h2>Care</h2><ul><li>Rest</li><li>Drink water</li></ul>",
        "<h2>Care</h2><ol><li>Rest</li><li>Drink water</li></ol>",
        ["§ Care", "  ul → ol"],
        None,
    ),
    (
        "the level of a heading",
        "<h2>Care</h2><p>Rest at home.</p><h3>Doses</h3><p>Take 5 mg at night.</p>",
        "<h2>Care</h2><p>Rest at home.</p><h2>Doses</h2><p>Take 5 mg at night.</p>",
        ["§ Doses (level 3 → 2)"],
        None,
    ),
    (
        "the words of a heading",
        "<h2>Care at home</h2><p>Rest in bed and drink a lot of water.</p>",
        "<h2>Care in hospital</h2><p>Rest in bed and drink a lot of water.</p>",
        ["§ Care [-at home-]{+in hospital+}"],
        None,
    ),
    (
        "the words of a call-out",
        '<h2>Care</h2><aside class="when-to-call"><p>Call us after 3 days of fever.</p></aside>',
        '<h2>Care</h2><aside class="when-to-call"><p>Call us after 5 days of fever.</p></aside>',
        ["§ Care", "  aside", "    p: Call us after [-3 days-]{+5 days+} of fever."],
        ["In “Care”, “3 days” became “5 days”."],
    ),
    (
        "the kind of a call-out",
        '<h2>Care</h2><aside class="key-points"><p>Call us about a fever.</p></aside>',
        '<h2>Care</h2><aside class="when-to-call"><p>Call us about a fever.</p></aside>',
        ["§ Care", "  aside class=key-points → aside class=when-to-call"],
        ["In “Care”, the shape of a table or call-out changed."],
    ),
    (
        "a definition",
        "<h2>Words</h2><dl><dt>Low</dt><dd>below 4 mmol/L</dd><dt>High</dt><dd>above 10 mmol/L</dd></dl>",
        "<h2>Words</h2><dl><dt>Low</dt><dd>below 3 mmol/L</dd><dt>High</dt><dd>above 10 mmol/L</dd></dl>",
        ["§ Words", "  dl", "    dd", "      p: below [-4 mmol/L-]{+3 mmol/L+}"],
        ["In “Words”, “4 mmol/L” became “3 mmol/L”."],
    ),
    (
        "a term",
        "<h2>Words</h2><dl><dt>Low sugar</dt><dd>below 4 mmol/L</dd></dl>",
        "<h2>Words</h2><dl><dt>High sugar</dt><dd>below 4 mmol/L</dd></dl>",
        ["§ Words", "  dl", "    dt: [-Low-]{+High+} sugar"],
        ["In “Words”, “Low” became “High”."],
    ),
    (
        "a paragraph that came",
        "<h2>Care</h2><p>Rest at home.</p><p>Drink water.</p>",
        "<h2>Care</h2><p>Rest at home.</p><p>Ask a friend to look in on you.</p><p>Drink water.</p>",
        ["§ Care", "  + p: Ask a friend to look in on you."],
        ["In “Care”, “Ask a friend to look in on you” was added."],
    ),
    (
        "a paragraph that went",
        "<h2>Care</h2><p>Rest at home.</p><p>Do not take more than 4 g in a day.</p><p>Drink water.</p>",
        "<h2>Care</h2><p>Rest at home.</p><p>Drink water.</p>",
        ["§ Care", "  - p: Do not take more than 4 g in a day."],
        ["In “Care”, “Do not take more than 4 g in a day” was removed."],
    ),
    (
        "a paragraph in the place of quite another",
        "<h2>Care</h2><p>Most people feel better after some days of rest at home in bed.</p>",
        "<h2>Care</h2><p>Vaccination protects against severe illness and its later consequences.</p>",
        [
            "§ Care",
            "  - p: Most people feel better after some days of rest at home in bed.",
            "  + p: Vaccination protects against severe illness and its later consequences.",
        ],
        None,
    ),
    (
        "a whole section that came",
        "<h2>Care</h2><p>Rest at home.</p>",
        "<h2>Care</h2><p>Rest at home.</p><h2>Vaccine</h2><p>Have one each year.</p><ul><li>Free</li></ul>",
        ["§ + Vaccine"],
        [
            "The section “Vaccine” was added.",
            "In “Vaccine”, “Have one each year” was added.",
            "In “Vaccine”, “Free” was added.",
        ],
    ),
    (
        "a whole section that went",
        "<h2>Care</h2><p>Rest at home.</p><h3>Sleep</h3><p>Sleep on your side.</p>",
        "<h2>Care</h2><p>Rest at home.</p>",
        ["§ - Sleep"],
        ["The section “Sleep” was removed.", "In “Sleep”, “Sleep on your side” was removed."],
    ),
    (
        "what stands before the first heading",
        "<p>A cough is a reflex.</p><h2>Care</h2><p>Rest.</p>",
        "<p>A cough is no reflex.</p><h2>Care</h2><p>Rest.</p>",
        ["§ (lead)", "  p: A cough is [-a-]{+no+} reflex."],
        ["In “introduction”, “a” became “no”."],
    ),
]
