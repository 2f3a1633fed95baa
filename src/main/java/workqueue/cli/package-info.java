/** The command line of the jar: what Maven's profiles do, without Maven and a checkout. */
package workqueue.cli;
