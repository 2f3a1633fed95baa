/** Claims about a history, the verdicts on them, and the findings that prove the verdicts. */
package workqueue.checker;
