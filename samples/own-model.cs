#:project ../src/MemU/MemU.csproj
// Any IChatClient and any IEmbeddingGenerator can do the thinking; here OpenAI's, or those of any service that speaks its protocol.
//   OPENAI_API_KEY=… [OPENAI_BASE_URL=https://…/v1] dotnet run samples/own-model.cs [FOLDER]
using System.ClientModel;
using MemU;
using MemU.Resources;
using Microsoft.Extensions.AI;
using OpenAI;

var folder = args.Length > 0 ? args[0] : "data/samples/own-model";
var key = Environment.GetEnvironmentVariable("OPENAI_API_KEY");
if (string.IsNullOrWhiteSpace(key))
{
    Console.WriteLine("This sample asks a model. Set OPENAI_API_KEY and run it again; nothing was called and nothing was stored.");
    return;
}

var options = new OpenAIClientOptions();
if (Environment.GetEnvironmentVariable("OPENAI_BASE_URL") is { Length: > 0 } address)
{
    options.Endpoint = new Uri(address);
}

var openAI = new OpenAIClient(new ApiKeyCredential(key), options);
using var chat = openAI.GetChatClient("gpt-4o-mini").AsIChatClient();
using var embeddings = openAI.GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator();

await using var memu = MemUHost.Create(m => m
    .UseSqlite($"{folder}/memu.db")
    .UseChatClient(chat, "openai/gpt-4o-mini")
    .UseEmbeddingGenerator(embeddings, "text-embedding-3-small"));
var memory = memu.OpenSpace(user: "frida");

var stored = await memory.MemorizeAsync(ResourceRef.Text("user: I water the garden at six, before the sun is high.", name: "garden"), Modality.Conversation);
Console.WriteLine($"{stored.Engine}: {stored.Items.Count} items, {stored.Usage.Calls} calls, {stored.Usage.EmbeddingCalls} embedding calls.");

var found = await memory.RetrieveAsync("When does Frida water the garden?");
Console.WriteLine($"{found.Engine}: {found.Evidence.First().Value.Text}");
