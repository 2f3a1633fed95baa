/** The documented procedure as data: steps, editions, caveats, and the manifests. */
package workqueue.tutorial;
