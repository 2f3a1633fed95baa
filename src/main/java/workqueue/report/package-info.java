/** What a run leaves behind: the result file, the narration, Allure's results, and diagnostics. */
package workqueue.report;
