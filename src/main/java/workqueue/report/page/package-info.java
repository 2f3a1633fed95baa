/** The page that shows a run to a person: what came of it, and when what happened. */
package workqueue.report.page;
