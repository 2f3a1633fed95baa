/**
 * The words of the harness as small records, redaction, and the exception for trouble of the
 * environment.
 */
package workqueue;
