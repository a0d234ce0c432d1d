/**
 * What people see of a run. Listeners of {@code io.squadron.driver.training} write the terminal ({@link
 * io.squadron.driver.report.ConsoleProgress}) and the history ({@link io.squadron.driver.report.History}, JSON lines, read
 * back by {@link io.squadron.driver.report.HistoryReader}); {@link io.squadron.driver.report.HtmlReport} turns a {@link
 * io.squadron.driver.report.ReportData} into one self-contained page, with pictures drawn by {@link
 * io.squadron.driver.report.Svg}. Pure text from values: files are opened and clocks are read by whoever calls.
 */
package io.squadron.driver.report;
