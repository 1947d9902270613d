/// The words every title and overview is made of.
///
/// All of it is invented: nothing here names a real work.
enum Words {
    // 64 each: a title is one bijection of its number into these tables, so no two titles are alike.
    static let adjectives = [
        "Amber", "Ashen", "Autumn", "Bitter", "Blind", "Borrowed", "Brass", "Bright", "Broken", "Burning", "Cobalt",
        "Copper", "Crimson", "Crooked", "Dappled", "Distant", "Drifting", "Dusty", "Early", "Emerald", "Endless",
        "Faded", "Fallen", "Feral", "First", "Forgotten", "Frozen", "Gentle", "Gilded", "Grey", "Hidden", "Hollow",
        "Humble", "Idle", "Indigo", "Inland", "Iron", "Jagged", "Kindled", "Lasting", "Late", "Little", "Lonely",
        "Lucid", "Marble", "Mellow", "Muted", "Narrow", "Northern", "Outer", "Pale", "Patient", "Quiet", "Restless",
        "Rusted", "Salted", "Second", "Silver", "Sleeping", "Southern", "Tender", "Velvet", "Wandering", "Winter",
    ]

    static let nouns = [
        "Almanac", "Anchor", "Arcade", "Atlas", "Bakery", "Ballad", "Beacon", "Bridge", "Canal", "Carnival",
        "Cartographer",
        "Castaway", "Clockmaker", "Compass", "Corridor", "Courier", "Cypress", "Delta", "Diary", "Engine", "Estuary",
        "Ferry", "Fiddle", "Foundry", "Garden", "Glacier", "Granary", "Harbor", "Harvest", "Heron", "Hinterland", "Inn",
        "Juniper", "Kiln", "Lantern", "Ledger", "Lighthouse", "Locksmith", "Magpie", "Meadow", "Meridian", "Mill",
        "Observatory", "Orchard", "Organist", "Paper", "Parade", "Pilgrim", "Postcard", "Quarry", "Railway", "Rookery",
        "Sailor", "Satellite", "Shepherd", "Signal", "Station", "Summit", "Tailor", "Telegraph", "Tide", "Valley",
        "Voyage", "Windmill",
    ]

    static let scripts: [[String]] = [
        ["静かな", "遠い", "赤い", "冬の", "夜の", "古い", "小さな", "最後の"],
        ["灯台", "手紙", "鉄道", "庭", "海辺", "時計屋", "蛍", "図書館"],
        ["Тихий", "Далёкий", "Красный", "Зимний", "Ночной", "Старый", "Малый", "Последний"],
        ["маяк", "сад", "поезд", "берег", "мост", "колокол", "остров", "почтальон"],
        ["조용한", "먼", "붉은", "겨울", "밤의", "오래된", "작은", "마지막"],
        ["등대", "편지", "기차", "정원", "바닷가", "시계", "다리", "우체부"],
        ["Žlutý", "Dlouhý", "Červený", "Zimní", "Noční", "Starý", "Malý", "Poslední"],
        ["maják", "dopis", "vlak", "ostrov", "břeh", "hodinář", "most", "pošťák"],
    ]

    static let sentences: [StaticString] = [
        "A lighthouse keeper finds a map of a coast that was never there. ",
        "Two rival bakers must share one oven for the length of a long winter. ",
        "Nobody in the valley remembers who built the railway, or why it still runs. ",
        "When the last ferry leaves, six strangers have until morning to agree on a story. ",
        "An archivist receives her own letters, dated forty years from now. ",
        "The village clock stops, and with it every quarrel that was worth having. ",
        "He promised to be back before the harvest; the harvest has come four times since. ",
        "A retired locksmith is asked to open the one door he swore to keep shut. ",
        "Under the ice a radio answers, politely and in the wrong language. ",
        "Three sisters inherit a circus, its debts and its only remaining elephant. ",
        "The town votes to move two miles uphill, one house at a time. ",
        "What begins as a survey of hedgehogs ends before the constitutional court. ",
        "She paints the same bridge every day until the bridge begins to change. ",
        "An honest tax collector and a dishonest saint cross the mountains together. ",
        "Every summer the tide brings back something that somebody threw away. ",
        "A small orchestra rehearses in secret for a concert nobody has permitted. ",
    ]

    static let genres: [String] = [
        "Drama", "Comedy", "Mystery", "Adventure", "Romance", "Thriller", "Documentary", "Family", "Fantasy", "Western",
    ]

    static let studios: [String] = [
        "Tin Kettle Pictures", "Ninth Harbor", "Old Mill Films", "Paper Lantern", "Two Herons", "Slow Train",
    ]
}
