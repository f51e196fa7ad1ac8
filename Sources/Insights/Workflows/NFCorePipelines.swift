/// Where the pipeline ends in the name of an nf-core job, after `NFCORE_`.
///
/// Nextflow names a job after its process and leaves out characters that Batch does not accept, colons included:
/// `NFCORE_SAREK:SAREK:FASTQC (s1)` becomes `NFCORE_SAREKSAREKFASTQC_s1` (`normalizeJobName` of its plugin nf-amazon).
/// Other tools keep the colons, or write underscores for them.
///
/// The pipeline is the whole run of letters and digits if that is a pipeline; else what it begins with twice, because
/// most processes of a pipeline are in a workflow of its name; else the longest pipeline that it begins with; else all
/// of it.
enum NFCorePipelines {
  /// The position after the pipeline that begins at `start`; nil if there is no letter or digit there.
  /// - Complexity: O(n²) in adjacent letters and digits; O(n) if they are nf-core's.
  static func end(in name: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var end = start
    while end < name.count, name[end].isDigit || name[end].isLetter { end += 1 }
    guard end > start else { return nil }
    let word = name[start..<end]
    let known = longestKnown(beginning: word)
    if known == word.count { return end }
    return start + (twice(beginning: word) ?? known ?? word.count)
  }

  /// How much of a word is repeated at its beginning: 5 for `SAREKSAREKFASTQC`.
  private static func twice(beginning word: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard word.count >= 6 else { return nil }
    return (3...word.count / 2).first { word.prefix($0).elementsEqual(word.dropFirst($0).prefix($0)) }
  }

  private static func longestKnown(beginning word: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let first = word.first, first.isLetter else { return nil }
    return byFirstLetter[Int(first | 0x20) - Int(UInt8(ascii: "a"))]
      .first { word.count >= $0.count && word.prefix($0.count).elementsEqual($0, by: { $0 | 0x20 == $1 }) }?.count
  }

  /// Longest first.
  private static let byFirstLetter: [[[UInt8]]] = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in
    names.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
      .filter { $0.first == letter }.sorted { $0.count > $1.count }
  }

  /// The pipelines at https://nf-co.re/pipelines, with some that are announced there.
  private static let names = """
    abotyper airrflow alleleexpression ampliseq atacseq bacass bactmap bamtofastq cageseq callingcards cellpainting chipseq
    circdna circrna clipseq coproid createpanelrefs createtaxdb crisprseq cutandrun datasync ddamsproteomics deepmodeloptim
    deepmutscan demo demultiplex denovotranscript detaxizer diaproteomics differentialabundance diseasemodulediscovery
    drugresponseeval dualrnaseq eager epitopeprediction exoseq fastqrepair fastquorum fetchngs funcscan genomeannotator
    genomeassembler genomeqc genomeskim gwas hadge hgtseq hic hicar hlatyping imcyto isoseq kmermaid lncpipe longraredisease
    lsmquant mag magmap marsseq mcmicro meerpipe metaboigniter metapep metatdenovo methylarray methylong methylseq mhcquant
    mitodetect mnaseseq molkart multiplesequencealign nanoseq nanostring nascent omicsgenetraitassociation oncoanalyser
    pacvar pairgenomealign pangenome panoramaseq pathogensurveillance pgdb phageannotator phaseimpute phyloplace pixelator
    proteinfamilies proteinfold proteomicslfq radseq rangeland raredisease readsimulator reportho riboseq ribomsqc rnadnavar
    rnafusion rnaseq rnasplice rnavar sammyseq sarek scdownstream scnanoseq scrnaseq seqinspector slamseq smrnaseq sopa
    spatialvi spatialxe spinningjenny ssds stableexpression taxprofiler tbanalyzer tfactivity troughgraph tumourevo
    variantbenchmarking variantcatalogue viralintegration viralrecon
    """
}
