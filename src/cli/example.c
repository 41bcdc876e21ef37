#include "cli/example.h"

#include "cli/index.h"
#include "cli/writer.h"

#include <stdio.h>
#include <string.h>

enum theme {
    NO_THEME,
    SAFETY,
    MOBILITY,
    HOURS,
    STREETS,
    INFORMATION
};

static const char *const themes[] = {"Sécurité", "Mobilité", "Horaires", "Espace public",
                                     "Information"};

/* Numbered from 1 in this order; a reply names the idea that it hangs on. */
static const struct example {
    const char *text;
    enum theme theme;
    enum relation relation;
    uint32_t parent;
    uint32_t with;
} ideas[] = {
    {.theme = SAFETY,
     .text = "Fermer la rue de l’école aux voitures une demi-heure le matin et le soir."},
    {.theme = MOBILITY,
     .text =
         "Des pédibus tenus par les parents à tour de rôle, avec des arrêts marqués au sol."},
    {.theme = SAFETY,
     .text = "Éclairer les passages piétons autour de l’école : en décembre, on ne nous voit "
             "pas."},
    {.theme = MOBILITY,
     .text = "Prêter des vélos-cargos aux familles pendant un mois, pour essayer avant "
             "d’acheter."},
    {.theme = STREETS,
     .text =
         "Une piste cyclable séparée sur le boulevard, du lycée jusqu’à l’école Jules-Ferry."},
    {.theme = HOURS,
     .text = "Ouvrir la garderie dès 7 h 30, pour que ceux qui prennent le bus puissent y "
             "laisser leurs enfants."},
    {.theme = STREETS,
     .text = "Un abri à vélos et à trottinettes couvert et fermé dans la cour, pas devant la "
             "grille."},
    {.theme = MOBILITY,
     .text = "Le bus gratuit pour les moins de 12 ans et pour l’adulte qui les accompagne."},
    {.theme = SAFETY,
     .text = "Limiter à 20 km/h dans toutes les rues à moins de 300 mètres d’une école."},
    {.theme = INFORMATION,
     .text = "Une carte des trajets à pied avec les temps réels, distribuée à la rentrée : "
             "beaucoup sont à dix minutes."},
    {.theme = STREETS,
     .text = "Élargir les trottoirs de la rue des Écoles : avec une poussette, on finit sur la "
             "chaussée."},
    {.theme = HOURS,
     .text = "Décaler d’un quart d’heure l’entrée des maternelles et des primaires, pour moins "
             "de cohue."},
    {.theme = MOBILITY,
     .text = "Un parking-relais au stade, à huit minutes à pied, pour ceux qui viennent des "
             "hameaux."},
    {.theme = SAFETY,
     .text =
         "Des gilets et des brassards réfléchissants donnés à chaque enfant avant l’hiver."},
    {.theme = INFORMATION,
     .text =
         "Afficher chaque mois combien d’enfants sont venus sans voiture, classe par classe."},
    {.theme = STREETS,
     .text = "Planter des arbres et poser des bancs le long du chemin : on marche mieux quand "
             "c’est beau."},
    {.theme = MOBILITY,
     .text = "Apprendre à rouler en ville à tous les CM2, avec une vraie sortie dans la "
             "circulation."},
    {.theme = SAFETY,
     .text = "Un agent ou un retraité volontaire au carrefour de la poste, tous les matins."},
    {.theme = HOURS,
     .text =
         "Faire passer le bus 4 à 8 h 10 au lieu de 8 h 25 : aujourd’hui il arrive après la "
         "cloche."},
    {.theme = STREETS,
     .text =
         "Déneiger et saler d’abord les trottoirs qui mènent aux écoles, la route ensuite."},
    {.theme = INFORMATION,
     .text = "Un groupe par quartier pour trouver avec qui marcher, sans donner son adresse à "
             "tout le monde."},
    {.theme = MOBILITY,
     .text = "Laisser les cartables à l’école : c’est leur poids qui nous fait prendre la "
             "voiture."},
    {.theme = STREETS,
     .text = "Ouvrir le portillon du parc dès 8 h : on éviterait le rond-point et cinq minutes "
             "de détour."},
    {.theme = INFORMATION,
     .text = "Inviter les enfants à dessiner leur trajet et à dire où ils ont peur ; commencer "
             "par ces endroits."},

    {.theme = SAFETY,
     .relation = RELATION_EXPAND,
     .parent = 1,
     .text = "Et en faire une vraie rue aux écoles : jeux au sol, plantes, barrière tenue par "
             "deux parents."},
    {.theme = STREETS,
     .relation = RELATION_COUNTER,
     .parent = 1,
     .text =
         "Le problème se déplacera dans la rue d’à côté, où il n’y a même pas de trottoir."},
    {.theme = HOURS,
     .relation = RELATION_ADAPT,
     .parent = 1,
     .text = "Commencer par un mois d’essai au printemps, avec des comptages avant et après."},
    {.relation = RELATION_EXPLORE,
     .parent = 1,
     .text =
         "Et les familles dont un enfant est en fauteuil, ou l’aide à domicile du 12 : elles "
         "passent comment ?"},
    {.theme = MOBILITY,
     .relation = RELATION_EXPAND,
     .parent = 2,
     .with = 21,
     .text = "Le groupe de quartier trouve les parents, le pédibus leur donne un horaire : les "
             "deux ensemble, ça tient."},
    {.theme = HOURS,
     .relation = RELATION_COUNTER,
     .parent = 2,
     .text = "Ceux qui embauchent à 7 h ne peuvent jamais prendre leur tour ; il ne faut pas "
             "les exclure."},
    {.theme = MOBILITY,
     .relation = RELATION_ADAPT,
     .parent = 2,
     .text = "Payer deux étudiants une heure le matin plutôt que d’attendre des bénévoles."},
    {.theme = SAFETY,
     .relation = RELATION_EXPAND,
     .parent = 3,
     .text = "Avec un détecteur, pour n’éclairer fort que lorsqu’un enfant attend : moins de "
             "dépense."},
    {.relation = RELATION_EXPLORE,
     .parent = 4,
     .text =
         "Qui répare un vélo-cargo en panne pendant le prêt, et où le garer quand on vit au "
         "troisième ?"},
    {.theme = MOBILITY,
     .relation = RELATION_ADAPT,
     .parent = 4,
     .text = "Trois vélos-cargos partagés devant chaque école, à réserver la veille comme un "
             "livre."},
    {.theme = STREETS,
     .relation = RELATION_COUNTER,
     .parent = 5,
     .text = "On y perdrait quarante places de stationnement ; les commerçants doivent être "
             "consultés d’abord."},
    {.theme = STREETS,
     .relation = RELATION_ADAPT,
     .parent = 35,
     .text = "Garder les places côté commerces et faire la piste de l’autre côté, à double "
             "sens."},
    {.theme = HOURS,
     .relation = RELATION_EXPLORE,
     .parent = 6,
     .text = "Combien de familles sont concernées ? Un sondage d’une question suffirait à le "
             "savoir."},
    {.theme = MOBILITY,
     .relation = RELATION_EXPAND,
     .parent = 8,
     .with = 19,
     .text =
         "Gratuit ne sert à rien s’il arrive après la cloche : changer l’horaire et le prix "
         "en même temps."},
    {.theme = SAFETY,
     .relation = RELATION_COUNTER,
     .parent = 9,
     .text = "Un panneau ne ralentit personne : sans plateaux ni chicanes, rien ne changera."},
    {.theme = SAFETY,
     .relation = RELATION_ADAPT,
     .parent = 39,
     .text = "Des bacs à fleurs en quinconce, fabriqués au collège : une chicane qui ne coûte "
             "presque rien."},
    {.theme = INFORMATION,
     .relation = RELATION_EXPAND,
     .parent = 10,
     .text =
         "Et peindre ces temps sur les trottoirs : « école, 6 minutes », avec un animal par "
         "chemin."},
    {.theme = MOBILITY,
     .relation = RELATION_EXPLORE,
     .parent = 13,
     .text = "Et les jours de match, où se garent les parents ? Il manque un second parking."},
    {.theme = INFORMATION,
     .relation = RELATION_COUNTER,
     .parent = 15,
     .text = "Afficher par classe, c’est montrer du doigt ceux qui habitent loin. Par école "
             "suffit."},
    {.theme = STREETS,
     .relation = RELATION_ADAPT,
     .parent = 20,
     .text = "Confier la pelle aux riverains volontaires et leur livrer le sel au coin de la "
             "rue."},
};

static void set_themes(struct definition *definition)
{
    definition->themes_count = sizeof themes / sizeof themes[0];
    for (uint32_t i = 0; i < definition->themes_count; i++) {
        snprintf(definition->themes[i], sizeof definition->themes[i], "%s", themes[i]);
    }
}

static void write_ideas(struct writer *writer)
{
    for (size_t i = 0; i < sizeof ideas / sizeof ideas[0]; i++) {
        struct new_idea idea = {.text = view_of(ideas[i].text),
                                .relation = ideas[i].relation,
                                .parent = ideas[i].parent,
                                .with = ideas[i].with,
                                .theme = (uint32_t)ideas[i].theme,
                                .seed = true,
                                .lang = "fr"};

        writer_post(writer, &idea);
    }
}

static enum err make(struct workspace *workspace)
{
    struct new_board board = {
        .title = view_of("Aller à l’école sans voiture"),
        .question = view_of("Comment aller à l’école sans voiture, même l’hiver ?"),
        .about = view_of("Une consultation d’exemple. Les idées de départ sont proposées par "
                         "l’organisateur : donnez votre avis, enrichissez-les, ajoutez les "
                         "vôtres.")};
    struct writer writer;
    struct fold fold;

    definition_init(&board.definition);
    snprintf(board.definition.slug, sizeof board.definition.slug, "%s", EXAMPLE_SLUG);
    set_themes(&board.definition);
    if (!writer_begin(&writer, workspace, &board)) {
        return ERR_CONFLICT;
    }
    write_ideas(&writer);
    fold_init(&fold);
    bool ok = writer_finish(&writer, &fold);

    fold_finish(&fold);
    return ok ? OK : ERR_UNAVAILABLE;
}

/* The key of the board of that slug in the index; empty: there is none. */
static enum err find(struct workspace *workspace, struct board_key *out)
{
    struct index index;
    enum err err = index_read(workspace, &index);

    *out = (struct board_key){""};
    for (size_t i = 0; !err && i < index.count; i++) {
        if (strcmp(index.items[i].slug, EXAMPLE_SLUG) == 0) {
            *out = index.items[i].key;
        }
    }
    if (!err) {
        index_finish(&index);
    }
    return err;
}

enum err example_make(struct workspace *workspace, struct buf *code)
{
    struct board_key key;
    AUTO_BUF name = {0};
    enum err err = find(workspace, &key);

    if (!err && !key.id[0]) {
        err = make(workspace);
        err = err ? err : find(workspace, &key);
    }
    if (err) {
        return err;
    }
    buf_printf(&name, "code-of:%s", key.id);
    return workspace_get(workspace, name.bytes, code);
}
