using MemU.Cli;

return await MemUCli.MainAsync(args);
