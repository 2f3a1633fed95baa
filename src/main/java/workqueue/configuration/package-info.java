/** The parameters of a run, their defaults and their validation. */
package workqueue.configuration;
