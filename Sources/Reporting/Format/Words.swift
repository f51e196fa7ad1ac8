/// Small numbers and plain fractions as English says them.
private let numberWords = [
  "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]

/// `three`; from thirteen on digits with group marks.
func wordsOfNumber(_ number: Double) -> String {
  let rounded = number.rounded()
  if rounded >= 0, rounded < Double(numberWords.count) { return numberWords[Int(rounded)] }
  return Digits(locale: .english).fixed(rounded, places: 0)
}

/// The simple share within one point of `share`, if there is one.
func simpleFraction(_ share: Double) -> String? {
  let simple: [(Double, String)] = [
    (0.1, "a tenth"), (0.2, "a fifth"), (0.25, "a quarter"), (1.0 / 3, "a third"), (0.4, "two fifths"),
    (0.5, "half"), (0.6, "three fifths"), (2.0 / 3, "two thirds"), (0.75, "three quarters"),
    (0.8, "four fifths"), (0.9, "nine tenths"), (1, "all"),
  ]
  let nearest = simple.min { abs($0.0 - share) < abs($1.0 - share) }
  return nearest.flatMap { abs($0.0 - share) <= 0.0101 && ($0.0 < 1 || share > 0.995) ? $0.1 : nil }
}

/// `1 attempt`, `134 attempts`: the plural is given, the singular found.
func singular(of plural: String) -> String {
  switch plural {
  case "was", "were": return "was"
  case "are", "is": return "is"
  case "have", "has": return "has"
  case "children": return "child"
  case "people": return "person"
  default: break
  }
  if plural.hasSuffix("ies") { return plural.dropLast(3) + "y" }
  for ending in ["sses", "xes", "ches", "shes"] where plural.hasSuffix(ending) { return String(plural.dropLast(2)) }
  return plural.hasSuffix("s") ? String(plural.dropLast()) : plural
}
