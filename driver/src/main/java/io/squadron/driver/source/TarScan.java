package io.squadron.driver.source;

import java.util.List;

/** Lists WebDataset tars: each is a unit, and its path may name the split. */
final class TarScan {
    private TarScan() {}

    static Listing list(List<SourceScan.Found> tars) {
        List<SourceUnit> units = tars.stream()
                .map(each -> SourceUnit.of(
                        SourceFormat.WEBDATASET,
                        each.file(),
                        each.path(),
                        new SourceUnit.Range(0, each.file().length()),
                        "",
                        Names.splitOfPath(each.path())))
                .toList();
        return new Listing(List.of(), units, List.of());
    }
}
