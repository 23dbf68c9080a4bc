@rem The scripts start and quickstart begin with exec, so that no shell stands between npm and the server: a shell would
@rem die of a SIGTERM and let npm end before running replies are saved. For cmd, exec is this file.
@%*
